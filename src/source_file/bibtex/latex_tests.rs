use super::*;

fn title(source: &str) -> String {
    text(source, Style::Title)
}

#[test]
fn accents_become_letters() {
    for (written, read) in [
        ("Caf{\\'e}", "Café"),
        ("Caf\\'{e}", "Café"),
        ("Caf\\'e au lait", "Café au lait"),
        ("{\\\"O}sterreich", "Österreich"),
        ("\\\"{O}sterreich", "Österreich"),
        ("Garc{\\'\\i}a", "García"),
        ("Garc\\'{\\i}a", "García"),
        ("Fran{\\c c}ois, Fran\\c{c}ois", "François, François"),
        ("{\\v S}koda, \\v{S}koda", "Škoda, Škoda"),
        ("Erd{\\H o}s", "Erdős"),
        ("{\\O}rsted, \\O rsted, \\O{}rsted", "Ørsted, Ørsted, Ørsted"),
        ("{\\L}{\\'o}d{\\'z}", "Łódź"),
        ("Stra{\\ss}e, Stra\\ss{}e", "Straße, Straße"),
        ("{\\AA}ngstr{\\\"o}m", "Ångström"),
        ("e\u{301}", "é"),
        ("\\~{}x \\^{}", "~x ^"),
    ] {
        assert_eq!(title(written), read, "{written}");
    }
}

#[test]
fn formatting_becomes_tags() {
    for (written, read) in [
        ("On \\emph{Homo sapiens}", "On <i>Homo sapiens</i>"),
        ("\\textit{a} \\textbf{b}", "<i>a</i> <b>b</b>"),
        ("{\\em a} b", "<i>a</i> b"),
        ("{\\bfseries a} b", "<b>a</b> b"),
        ("\\textsc{nato}", "<span style=\"font-variant:small-caps;\">nato</span>"),
        ("21\\textsuperscript{st}", "21<sup>st</sup>"),
        ("H\\textsubscript{2}O", "H<sub>2</sub>O"),
        ("CO$_2$ and x$^{10}$", "CO<sub>2</sub> and x<sup>10</sup>"),
        ("$\\alpha$-decay at 20$^\\circ$C", "α-decay at 20<sup>°</sup>C"),
        ("\\(x\\) and \\ensuremath{y}", "x and y"),
        ("\\enquote{so}", "“so”"),
        ("\\underline{a}\\texttt{b}\\mbox{c}", "abc"),
        ("see \\href{https://a.example}{here}", "see here"),
        ("\\url{https://a.example/x_y}", "https://a.example/x_y"),
        ("\\noopsort{a}Title", "Title"),
    ] {
        assert_eq!(title(written), read, "{written}");
        assert!(!text(written, Style::Plain).contains('<'), "{written}");
    }
}

#[test]
fn braces_in_titles_keep_the_case_of_what_they_hold() {
    let kept = |inner: &str| format!("<span class=\"nocase\">{inner}</span>");
    assert_eq!(title("The {NATO} summit"), format!("The {} summit", kept("NATO")));
    assert_eq!(title("{{A Whole Title}}"), kept("A Whole Title"));
    assert_eq!(title("{T}he {\\'E}cole {-} {2020}"), format!("{}he École - 2020", kept("T")));
    assert_eq!(title("{On \\emph{the} {EU}}"), kept("On <i>the</i> EU"));
    assert_eq!(title("\\emph{The {EU}}"), "<i>The EU</i>");
    assert_eq!(text("The {NATO} summit", Style::Text), "The NATO summit");
}

#[test]
fn signs_are_what_they_print() {
    for (written, read) in [
        ("R\\&D: 100\\% \\$5 \\#1 a\\_b \\{x\\}", "R&D: 100% $5 #1 a_b {x}"),
        ("1--2 --- x-y", "1–2 — x-y"),
        ("``a'' `b' it's", "“a” ‘b' it's"),
        ("Fig.~1", "Fig.\u{a0}1"),
        ("50% of a & b_c ^ d", "50% of a & b_c ^ d"),
        ("a\\ b\\\\c\\,d", "a b c d"),
        ("a\n   b\t c", "a b c"),
        ("\\ldots{} \\textendash{} \\texteuro{}5", "… – €5"),
        ("costs $5", "costs $5"),
        ("\\LaTeX{} and \\TeX", "LaTeX and TeX"),
        ("C:\\Windows", "C:\\Windows"),
        ("\\unknown{kept} \\relax x", "kept x"),
    ] {
        assert_eq!(title(written), read, "{written}");
    }
}

#[test]
fn odd_texts_end() {
    for odd in
        ["{", "}", "\\", "$", "{\\", "\\'", "\\emph", "\\emph{", "\\em", "a}b", "\\url", "\\url{", "\\frac", "$^$"]
    {
        text(odd, Style::Title);
        verbatim(odd);
    }
    for piece in ["{", "\\'", "\\emph{", "{\\em ", "$", "^", "\\(", "\\frac", "\\c"] {
        text(&piece.repeat(20_000), Style::Title);
    }
}

#[test]
fn addresses_lose_their_escapes_alone() {
    assert_eq!(verbatim("https://a.example/x\\_y?a\\&b\\%20\\#c"), "https://a.example/x_y?a&b%20#c");
    assert_eq!(verbatim("\\url{https://a.example/~x}"), "https://a.example/~x");
    assert_eq!(verbatim("http://a.example/{\\textasciitilde}x--y"), "http://a.example/~x--y");
}
