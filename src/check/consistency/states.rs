//! States and a few organisations with the names that stand for each other: a fact that says `Chinese`
//! supports a note that says `China` or `Beijing`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::check::text::words::words;

/// Code (ISO 3166-1); names; words for its people and what is theirs; capital and other names that stand
/// for its government. Members of the United Nations, some others, and organisations of states. English,
/// with the French and Spanish forms of those that notes name most often.
const STATES: &str = "\
AE;United Arab Emirates,UAE,Emirates;Emirati,Emiratis;Abu Dhabi,Dubai
AF;Afghanistan;Afghan,Afghans;Kabul,Taliban
AG;Antigua and Barbuda;Antiguan,Barbudan;St John's
AL;Albania,Albanie;Albanian,Albanians;Tirana
AM;Armenia,Arménie;Armenian,Armenians;Yerevan
AO;Angola;Angolan,Angolans;Luanda
AR;Argentina,Argentine;Argentinian,Argentinians,Argentines;Buenos Aires
AT;Austria,Autriche;Austrian,Austrians;Vienna,Vienne
AU;Australia,Australie;Australian,Australians;Canberra
AZ;Azerbaijan,Azerbaïdjan,Azerbaiyán;Azerbaijani,Azerbaijanis,Azeri,Azeris;Baku,Bakou
BA;Bosnia and Herzegovina,Bosnia,Bosnie;Bosnian,Bosnians;Sarajevo
BB;Barbados;Barbadian,Barbadians;Bridgetown
BD;Bangladesh;Bangladeshi,Bangladeshis;Dhaka
BE;Belgium,Belgique,Bélgica;Belgian,Belgians,Belges;Brussels,Bruxelles,Bruselas
BF;Burkina Faso;Burkinabe,Burkinabes;Ouagadougou
BG;Bulgaria,Bulgarie;Bulgarian,Bulgarians;Sofia
BH;Bahrain;Bahraini,Bahrainis;Manama
BI;Burundi;Burundian,Burundians;Gitega,Bujumbura
BJ;Benin;Beninese;Porto-Novo,Cotonou
BN;Brunei;Bruneian,Bruneians;Bandar Seri Begawan
BO;Bolivia;Bolivian,Bolivians;La Paz,Sucre
BR;Brazil,Brésil,Brasil;Brazilian,Brazilians,Brésiliens,Brasileños;Brasilia
BS;Bahamas;Bahamian,Bahamians;Nassau
BT;Bhutan;Bhutanese;Thimphu
BW;Botswana;Motswana,Batswana;Gaborone
BY;Belarus,Republic of Belarus,Biélorussie,Bielorrusia,Belorussia;Belarusian,Belarusians,Belarussian,Biélorusses;Minsk
BZ;Belize;Belizean,Belizeans;Belmopan
CA;Canada,Canadá;Canadian,Canadians,Canadiens;Ottawa
CD;Democratic Republic of the Congo,DRC,DR Congo,Congo;Congolese;Kinshasa
CF;Central African Republic,CAR;Central African;Bangui
CG;Republic of the Congo,Congo-Brazzaville;Congolese;Brazzaville
CH;Switzerland,Suisse,Suiza;Swiss,Suisses;Bern,Berne,Geneva
CI;Ivory Coast,Côte d'Ivoire;Ivorian,Ivorians;Abidjan,Yamoussoukro
CL;Chile,Chili;Chilean,Chileans;Santiago
CM;Cameroon,Cameroun;Cameroonian,Cameroonians;Yaoundé
CN;China,People's Republic of China,PRC,Chine,RPC;Chinese,Chinois,Chinoise,Chinos,Sino;Beijing,Peking,Pékin,Pekín,Zhongnanhai
CO;Colombia,Colombie;Colombian,Colombians;Bogotá
CR;Costa Rica;Costa Rican,Costa Ricans;San José
CU;Cuba;Cuban,Cubans;Havana,La Habana
CV;Cape Verde,Cabo Verde;Cape Verdean;Praia
CY;Cyprus,Chypre,Chipre;Cypriot,Cypriots;Nicosia
CZ;Czech Republic,Czechia,Tchéquie,Chequia;Czech,Czechs;Prague
DE;Germany,Federal Republic of Germany,Allemagne,Alemania,Deutschland;German,Germans,Allemands,Alemanes;Berlin,Bonn
DJ;Djibouti;Djiboutian,Djiboutians;Djibouti
DK;Denmark,Danemark,Dinamarca;Danish,Dane,Danes,Danois;Copenhagen,Copenhague
DM;Dominica;Dominican;Roseau
DO;Dominican Republic;Dominican,Dominicans;Santo Domingo
DZ;Algeria,Algérie,Argelia;Algerian,Algerians,Algériens;Algiers,Alger
EC;Ecuador,Équateur;Ecuadorian,Ecuadorians,Ecuadorean;Quito
EE;Estonia,Estonie;Estonian,Estonians;Tallinn
EG;Egypt,Égypte,Egipto;Egyptian,Egyptians,Égyptiens;Cairo,Le Caire
ER;Eritrea;Eritrean,Eritreans;Asmara
ES;Spain,Espagne,España;Spanish,Spaniard,Spaniards,Espagnols,Españoles;Madrid,Moncloa
ET;Ethiopia,Éthiopie;Ethiopian,Ethiopians;Addis Ababa
FI;Finland,Finlande,Finlandia;Finnish,Finn,Finns;Helsinki
FJ;Fiji;Fijian,Fijians;Suva
FM;Micronesia;Micronesian,Micronesians;Palikir
FR;France,French Republic,Francia;French,Frenchman,Français,Françaises,Franceses,Franco;Paris,Élysée,Matignon,Quai d'Orsay
GA;Gabon;Gabonese;Libreville
GB;United Kingdom,UK,Britain,Great Britain,England,Scotland,Wales,Northern Ireland,Royaume-Uni,Reino Unido;British,Briton,Britons,English,Scottish,Scots,Welsh,Britanniques,Británicos,Anglo;London,Westminster,Whitehall,Downing Street,Londres
GD;Grenada;Grenadian,Grenadians;St George's
GE;Georgia,Géorgie;Georgian,Georgians;Tbilisi
GH;Ghana;Ghanaian,Ghanaians;Accra
GM;Gambia,The Gambia;Gambian,Gambians;Banjul
GN;Guinea,Guinée;Guinean,Guineans;Conakry
GQ;Equatorial Guinea;Equatoguinean;Malabo
GR;Greece,Grèce,Grecia;Greek,Greeks,Hellenic,Grecs;Athens,Athènes,Atenas
GT;Guatemala;Guatemalan,Guatemalans;Guatemala City
GW;Guinea-Bissau;Bissau-Guinean;Bissau
GY;Guyana;Guyanese;Georgetown
HN;Honduras;Honduran,Hondurans;Tegucigalpa
HR;Croatia,Croatie,Croacia;Croatian,Croatians,Croat,Croats;Zagreb
HT;Haiti,Haïti;Haitian,Haitians;Port-au-Prince
HU;Hungary,Hongrie,Hungría;Hungarian,Hungarians,Magyar,Hongrois;Budapest
ID;Indonesia,Indonésie;Indonesian,Indonesians;Jakarta
IE;Ireland,Irlande,Irlanda;Irish,Irishman;Dublin
IL;Israel,Israël;Israeli,Israelis,Israéliens;Jerusalem,Tel Aviv,Knesset
IN;India,Inde;Indian,Indians,Indiens;New Delhi,Delhi
IQ;Iraq,Irak;Iraqi,Iraqis,Irakiens;Baghdad,Bagdad
IR;Iran,Islamic Republic;Iranian,Iranians,Persian,Iraniens,Iraníes;Tehran,Teheran,Téhéran
IS;Iceland,Islande;Icelandic,Icelander,Icelanders;Reykjavik
IT;Italy,Italie,Italia;Italian,Italians,Italiens,Italianos;Rome,Roma,Quirinale
JM;Jamaica;Jamaican,Jamaicans;Kingston
JO;Jordan,Jordanie;Jordanian,Jordanians;Amman
JP;Japan,Japon,Japón;Japanese,Japonais,Japoneses;Tokyo,Tokio
KE;Kenya;Kenyan,Kenyans;Nairobi
KG;Kyrgyzstan;Kyrgyz,Kyrgyzstani;Bishkek
KH;Cambodia,Cambodge;Cambodian,Cambodians,Khmer;Phnom Penh
KI;Kiribati;I-Kiribati;Tarawa
KM;Comoros;Comorian,Comorians;Moroni
KN;Saint Kitts and Nevis;Kittitian,Nevisian;Basseterre
KP;North Korea,Democratic People's Republic of Korea,DPRK,Corée du Nord,Corea del Norte;North Korean,North Koreans,Korean,Koreans;Pyongyang
KR;South Korea,Republic of Korea,ROK,Korea,Corée du Sud,Corea del Sur;South Korean,South Koreans,Korean,Koreans;Seoul,Séoul,Seúl
KW;Kuwait;Kuwaiti,Kuwaitis;Kuwait City
KZ;Kazakhstan;Kazakh,Kazakhs,Kazakhstani;Astana,Nur-Sultan
LA;Laos;Lao,Laotian,Laotians;Vientiane
LB;Lebanon,Liban,Líbano;Lebanese,Libanais;Beirut,Beyrouth
LC;Saint Lucia;Saint Lucian;Castries
LI;Liechtenstein;Liechtensteiner;Vaduz
LK;Sri Lanka;Sri Lankan,Sri Lankans;Colombo
LR;Liberia;Liberian,Liberians;Monrovia
LS;Lesotho;Basotho,Mosotho;Maseru
LT;Lithuania,Lituanie,Lituania;Lithuanian,Lithuanians;Vilnius
LU;Luxembourg;Luxembourger,Luxembourgish;Luxembourg
LV;Latvia,Lettonie,Letonia;Latvian,Latvians;Riga
LY;Libya,Libye,Libia;Libyan,Libyans;Tripoli
MA;Morocco,Maroc,Marruecos;Moroccan,Moroccans,Marocains;Rabat
MC;Monaco;Monegasque;Monaco
MD;Moldova,Moldavie,Moldavia;Moldovan,Moldovans;Chisinau,Chișinău
ME;Montenegro;Montenegrin,Montenegrins;Podgorica
MG;Madagascar;Malagasy;Antananarivo
MH;Marshall Islands;Marshallese;Majuro
MK;North Macedonia,Macedonia;Macedonian,Macedonians;Skopje
ML;Mali;Malian,Malians;Bamako
MM;Myanmar,Burma,Birmanie;Burmese;Naypyidaw,Yangon
MN;Mongolia,Mongolie;Mongolian,Mongolians,Mongol;Ulaanbaatar
MR;Mauritania;Mauritanian,Mauritanians;Nouakchott
MT;Malta,Malte;Maltese;Valletta
MU;Mauritius;Mauritian,Mauritians;Port Louis
MV;Maldives;Maldivian,Maldivians;Malé
MW;Malawi;Malawian,Malawians;Lilongwe
MX;Mexico,Mexique,México;Mexican,Mexicans,Mexicains,Mexicanos;Mexico City
MY;Malaysia,Malaisie;Malaysian,Malaysians;Kuala Lumpur,Putrajaya
MZ;Mozambique;Mozambican,Mozambicans;Maputo
NA;Namibia;Namibian,Namibians;Windhoek
NE;Niger;Nigerien,Nigeriens;Niamey
NG;Nigeria;Nigerian,Nigerians;Abuja,Lagos
NI;Nicaragua;Nicaraguan,Nicaraguans;Managua
NL;Netherlands,Holland,Pays-Bas,Países Bajos;Dutch,Dutchman,Néerlandais;The Hague,Hague,Amsterdam
NO;Norway,Norvège,Noruega;Norwegian,Norwegians;Oslo
NP;Nepal;Nepali,Nepalis,Nepalese;Kathmandu
NR;Nauru;Nauruan;Yaren
NZ;New Zealand;New Zealander,New Zealanders,Kiwi;Wellington
OM;Oman;Omani,Omanis;Muscat
PA;Panama,Panamá;Panamanian,Panamanians;Panama City
PE;Peru,Pérou,Perú;Peruvian,Peruvians;Lima
PG;Papua New Guinea,PNG;Papua New Guinean;Port Moresby
PH;Philippines;Philippine,Filipino,Filipinos;Manila,Malacañang
PK;Pakistan;Pakistani,Pakistanis;Islamabad,Rawalpindi
PL;Poland,Pologne,Polonia;Polish,Pole,Poles,Polonais,Polacos;Warsaw,Varsovie,Varsovia
PS;Palestine,State of Palestine;Palestinian,Palestinians,Palestiniens,Palestinos;Ramallah
PT;Portugal;Portuguese,Portugais;Lisbon,Lisbonne,Lisboa
PW;Palau;Palauan,Palauans;Ngerulmud
PY;Paraguay;Paraguayan,Paraguayans;Asunción
QA;Qatar;Qatari,Qataris;Doha
RO;Romania,Roumanie,Rumania;Romanian,Romanians,Roumains;Bucharest,Bucarest
RS;Serbia,Serbie;Serbian,Serbians,Serb,Serbs,Serbes;Belgrade,Belgrado
RU;Russia,Russian Federation,Russie,Rusia;Russian,Russians,Russes,Rusos,Russo;Moscow,Moscou,Moscú,Kremlin
RW;Rwanda;Rwandan,Rwandans;Kigali
SA;Saudi Arabia,Saudi,Arabie saoudite,Arabia Saudí;Saudis,Saudi Arabian,Saoudiens;Riyadh,Riyad
SB;Solomon Islands;Solomon Islander;Honiara
SC;Seychelles;Seychellois;Victoria
SD;Sudan,Soudan;Sudanese,Soudanais;Khartoum
SE;Sweden,Suède,Suecia;Swedish,Swede,Swedes,Suédois;Stockholm
SG;Singapore,Singapour,Singapur;Singaporean,Singaporeans;Singapore
SI;Slovenia,Slovénie,Eslovenia;Slovenian,Slovenians,Slovene;Ljubljana
SK;Slovakia,Slovaquie,Eslovaquia;Slovak,Slovaks,Slovakian;Bratislava
SL;Sierra Leone;Sierra Leonean,Sierra Leoneans;Freetown
SM;San Marino;Sammarinese;San Marino
SN;Senegal,Sénégal;Senegalese,Sénégalais;Dakar
SO;Somalia,Somalie;Somali,Somalis;Mogadishu
SR;Suriname;Surinamese;Paramaribo
SS;South Sudan;South Sudanese;Juba
ST;São Tomé and Príncipe;Santomean;São Tomé
SV;El Salvador;Salvadoran,Salvadorans;San Salvador
SY;Syria,Syrian Arab Republic,Syrie,Siria;Syrian,Syrians,Syriens;Damascus,Damas,Damasco
SZ;Eswatini,Swaziland;Swazi;Mbabane
TD;Chad,Tchad;Chadian,Chadians;N'Djamena
TG;Togo;Togolese;Lomé
TH;Thailand,Thaïlande,Tailandia;Thai,Thais;Bangkok
TJ;Tajikistan;Tajik,Tajiks;Dushanbe
TL;Timor-Leste,East Timor;Timorese;Dili
TM;Turkmenistan;Turkmen;Ashgabat
TN;Tunisia,Tunisie,Túnez;Tunisian,Tunisians,Tunisiens;Tunis
TO;Tonga;Tongan,Tongans;Nuku'alofa
TR;Turkey,Türkiye,Turquie,Turquía;Turkish,Turk,Turks,Turcs,Turcos;Ankara
TT;Trinidad and Tobago;Trinidadian,Tobagonian;Port of Spain
TV;Tuvalu;Tuvaluan,Tuvaluans;Funafuti
TW;Taiwan,Republic of China,Taïwan;Taiwanese;Taipei
TZ;Tanzania;Tanzanian,Tanzanians;Dodoma,Dar es Salaam
UA;Ukraine,Ucrania;Ukrainian,Ukrainians,Ukrainiens,Ucranianos;Kyiv,Kiev
UG;Uganda,Ouganda;Ugandan,Ugandans;Kampala
US;United States,United States of America,USA,US,U S,America,États-Unis,Estados Unidos,EE UU;American,Americans,Américains,Americanos,Estadounidenses;Washington,White House,Pentagon,Capitol Hill,Maison Blanche,Casa Blanca
UY;Uruguay;Uruguayan,Uruguayans;Montevideo
UZ;Uzbekistan,Ouzbékistan;Uzbek,Uzbeks;Tashkent
VA;Vatican,Holy See,Vatican City;Papal;Vatican
VC;Saint Vincent and the Grenadines;Vincentian;Kingstown
VE;Venezuela;Venezuelan,Venezuelans,Vénézuéliens;Caracas
VN;Vietnam,Viet Nam;Vietnamese,Vietnamiens;Hanoi,Hanoï
VU;Vanuatu;Vanuatuan;Port Vila
WS;Samoa;Samoan,Samoans;Apia
XK;Kosovo;Kosovar,Kosovars,Kosovan;Pristina
YE;Yemen,Yémen;Yemeni,Yemenis;Sanaa,Sana'a,Aden
ZA;South Africa,Afrique du Sud,Sudáfrica;South African,South Africans;Pretoria,Cape Town
ZM;Zambia;Zambian,Zambians;Lusaka
ZW;Zimbabwe;Zimbabwean,Zimbabweans;Harare
;European Union,EU,Europe,Union européenne,UE,Unión Europea,Europa;European,Europeans,Européens,Europeos,Euro;Brussels,Bruxelles,Bruselas,European Commission,Berlaymont
;United Nations,UN,UNO,Nations unies,ONU,Naciones Unidas;;Security Council,General Assembly,Turtle Bay
;NATO,OTAN,North Atlantic Treaty Organisation,North Atlantic Treaty Organization,North Atlantic Alliance,Atlantic Alliance;Allied,Allies;
;Africa,Afrique,África;African,Africans,Africains;
;Asia,Asie;Asian,Asians;
;Middle East,Near East,Moyen-Orient,Oriente Medio;Middle Eastern;Gulf
;Soviet Union,USSR;Soviet,Soviets;
;Shanghai Cooperation Organisation,Shanghai Cooperation Organization,SCO;;
";

/// A state or an organisation of states.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Every name, word and capital: folded words, each with a space on both sides.
    phrases: Vec<String>,
    code: String,
}

impl State {
    /// Whether a text of folded words, each with a space on both sides, or a code names it.
    pub(super) fn is_named(&self, folded: &str, codes: &[&str]) -> bool {
        let coded = !self.code.is_empty() && codes.iter().any(|code| code.trim().eq_ignore_ascii_case(&self.code));
        coded || self.phrases.iter().any(|phrase| folded.contains(phrase.as_str()))
    }
}

#[derive(Debug, Default)]
struct Table {
    states: Vec<State>,
    /// Each word of each name, and the states in whose names it stands.
    by_word: HashMap<String, Vec<usize>>,
    /// The words for people and for what is theirs.
    demonyms: HashMap<String, ()>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for (index, line) in STATES.lines().enumerate() {
        let mut state = State::default();
        for (column, part) in line.split(';').enumerate() {
            if column == 0 {
                part.clone_into(&mut state.code);
                continue;
            }
            for phrase in part.split(',').filter(|p| !p.is_empty()) {
                let folded: Vec<String> = words(phrase).into_iter().map(|w| w.text).collect();
                for word in &folded {
                    let known = table.by_word.entry(word.clone()).or_default();
                    if known.last() != Some(&index) {
                        known.push(index);
                    }
                }
                if column == 2 && folded.len() == 1 {
                    table.demonyms.insert(folded.concat(), ());
                }
                state.phrases.push(format!(" {} ", folded.join(" ")));
            }
        }
        table.states.push(state);
    }
    table
});

/// The states in whose names a folded word stands.
pub(super) fn with_word(folded: &str) -> impl Iterator<Item = &'static State> {
    TABLE.by_word.get(folded).into_iter().flatten().filter_map(|i| TABLE.states.get(*i))
}

/// Whether a folded word is one for people of a state, or for what is theirs.
pub(super) fn is_demonym(folded: &str) -> bool {
    TABLE.demonyms.contains_key(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_state_stand_for_each_other() {
        let named = |word: &str, text: &str| with_word(word).any(|s| s.is_named(text, &[]));
        assert!(named("china", " a beijing readout ") && named("moscow", " russian officials "));
        assert!(named("states", " washington said ") && !named("states", " london said "));
        assert!(with_word("belarus").any(|s| s.is_named(" ", &["BY"])) && with_word("mao").next().is_none());
        assert!(is_demonym("chinese") && !is_demonym("china"));
    }

    #[test]
    fn every_line_has_four_parts() {
        for line in STATES.lines() {
            assert_eq!(line.split(';').count(), 4, "{line}");
        }
    }
}
