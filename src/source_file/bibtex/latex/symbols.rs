//! What LaTeX commands stand for.

/// The combining mark of an accent that is a sign: `\'`.
pub(super) fn sign_accent(sign: char) -> Option<char> {
    Some(match sign {
        '`' => '\u{300}',
        '\'' => '\u{301}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        '.' => '\u{307}',
        '"' => '\u{308}',
        _ => return None,
    })
}

/// The combining mark of an accent that is a letter: `\c`.
pub(super) fn accent(name: &str) -> Option<char> {
    Some(match name {
        "u" => '\u{306}',
        "r" => '\u{30a}',
        "H" => '\u{30b}',
        "v" => '\u{30c}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        "textcommabelow" => '\u{326}',
        "textcommaabove" => '\u{313}',
        "textdotbelow" => '\u{323}',
        "textsubring" => '\u{325}',
        _ => return None,
    })
}

/// The tag of a declaration that holds to the end of its group; empty for one that shows nothing.
pub(super) fn declaration(name: &str) -> Option<&'static str> {
    Some(match name {
        "em" | "it" | "itshape" | "sl" | "slshape" => "i",
        "bf" | "bfseries" => "b",
        "sc" | "scshape" => "sc",
        "rm" | "rmfamily" | "sf" | "sffamily" | "tt" | "ttfamily" | "normalfont" | "upshape" | "small" | "large" => "",
        _ => return None,
    })
}

/// The tag of a command that formats its argument.
pub(super) fn formatting(name: &str) -> Option<&'static str> {
    Some(match name {
        "emph" | "textit" | "textsl" | "mkbibemph" | "mkbibitalic" | "mathit" => "i",
        "textbf" | "mkbibbold" | "mathbf" => "b",
        "textsc" => "sc",
        "textsuperscript" | "mkbibsuperscript" | "sp" => "sup",
        "textsubscript" | "mkbibsubscript" | "sb" => "sub",
        _ => return None,
    })
}

/// Commands that print nothing by themselves.
pub(super) fn means_nothing(name: &str) -> bool {
    matches!(
        name,
        "relax"
            | "protect"
            | "nobreak"
            | "noindent"
            | "break"
            | "allowbreak"
            | "xspace"
            | "unskip"
            | "selectlanguage"
            | "left"
            | "right"
            | "displaystyle"
            | "textstyle"
            | "limits"
            | "sloppy"
            | "null"
            | "leavevmode"
            | "newblock"
            | "addcomma"
            | "adddot"
            | "isdot"
    )
}

/// The text of a command that takes no argument.
pub(super) fn symbol(name: &str) -> Option<&'static str> {
    letter(name).or_else(|| punctuation(name)).or_else(|| mathematical(name)).or_else(|| greek(name))
}

fn letter(name: &str) -> Option<&'static str> {
    Some(match name {
        "aa" => "å",
        "AA" => "Å",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "ss" => "ß",
        "SS" => "ẞ",
        "th" => "þ",
        "TH" => "Þ",
        "dh" => "ð",
        "DH" => "Ð",
        "dj" => "đ",
        "DJ" => "Đ",
        "ng" => "ŋ",
        "NG" => "Ŋ",
        "i" | "imath" => "ı",
        "j" | "jmath" => "ȷ",
        "textschwa" => "ə",
        "textordfeminine" => "ª",
        "textordmasculine" => "º",
        "LaTeX" => "LaTeX",
        "TeX" => "TeX",
        "BibTeX" => "BibTeX",
        _ => return None,
    })
}

fn punctuation(name: &str) -> Option<&'static str> {
    Some(match name {
        "textendash" | "bibrangedash" => "–",
        "textemdash" => "—",
        "ldots" | "dots" | "textellipsis" => "…",
        "textquotedblleft" | "lq" => "“",
        "textquotedblright" | "rq" => "”",
        "textquoteleft" => "‘",
        "textquoteright" => "’",
        "textquotesingle" => "'",
        "textquotedbl" => "\"",
        "quotedblbase" | "glqq" => "„",
        "quotesinglbase" | "glq" => "‚",
        "grqq" => "“",
        "guillemotleft" | "guillemetleft" | "flqq" => "«",
        "guillemotright" | "guillemetright" | "frqq" => "»",
        "guilsinglleft" => "‹",
        "guilsinglright" => "›",
        "textexclamdown" => "¡",
        "textquestiondown" => "¿",
        "textbackslash" => "\\",
        "textasciitilde" => "~",
        "textasciicircum" => "^",
        "textasciigrave" => "`",
        "textbar" => "|",
        "textless" => "<",
        "textgreater" => ">",
        "textbraceleft" | "lbrace" => "{",
        "textbraceright" | "rbrace" => "}",
        "textunderscore" => "_",
        "textbullet" => "•",
        "textperiodcentered" | "cdot" => "·",
        "textdagger" | "dag" => "†",
        "textdaggerdbl" | "ddag" => "‡",
        "textsection" | "S" => "§",
        "textparagraph" | "P" => "¶",
        "textcopyright" | "copyright" => "©",
        "textregistered" => "®",
        "texttrademark" => "™",
        "texteuro" | "euro" => "€",
        "textsterling" | "pounds" => "£",
        "textyen" => "¥",
        "textdollar" => "$",
        "textcent" => "¢",
        "textdegree" | "degree" => "°",
        "textnumero" => "№",
        "textpertenthousand" => "‱",
        "textperthousand" => "‰",
        "textonehalf" => "½",
        "textonequarter" => "¼",
        "textthreequarters" => "¾",
        "space" | "quad" | "qquad" | "enspace" | "thinspace" | "par" | "newline" | "linebreak" => " ",
        "addspace" | "nobreakspace" | "addnbspace" => "\u{a0}",
        _ => return None,
    })
}

fn mathematical(name: &str) -> Option<&'static str> {
    Some(match name {
        "times" | "texttimes" => "×",
        "div" => "÷",
        "pm" | "textpm" => "±",
        "leq" | "le" => "≤",
        "geq" | "ge" => "≥",
        "neq" | "ne" => "≠",
        "approx" => "≈",
        "sim" => "∼",
        "equiv" => "≡",
        "infty" => "∞",
        "to" | "rightarrow" | "textrightarrow" => "→",
        "leftarrow" | "textleftarrow" => "←",
        "leftrightarrow" => "↔",
        "circ" => "°",
        "prime" => "′",
        "sum" => "∑",
        "int" => "∫",
        "partial" => "∂",
        "nabla" => "∇",
        "in" => "∈",
        "forall" => "∀",
        "exists" => "∃",
        "ell" => "ℓ",
        "hbar" => "ℏ",
        "langle" => "⟨",
        "rangle" => "⟩",
        "cdots" => "⋯",
        "ast" => "∗",
        "star" => "⋆",
        _ => return None,
    })
}

fn greek(name: &str) -> Option<&'static str> {
    Some(match name.strip_prefix("text").unwrap_or(name) {
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        "epsilon" | "varepsilon" => "ε",
        "zeta" => "ζ",
        "eta" => "η",
        "theta" | "vartheta" => "θ",
        "iota" => "ι",
        "kappa" => "κ",
        "lambda" => "λ",
        "mu" => "μ",
        "nu" => "ν",
        "xi" => "ξ",
        "pi" => "π",
        "rho" => "ρ",
        "sigma" => "σ",
        "tau" => "τ",
        "upsilon" => "υ",
        "phi" | "varphi" => "φ",
        "chi" => "χ",
        "psi" => "ψ",
        "omega" => "ω",
        "Gamma" => "Γ",
        "Delta" => "Δ",
        "Theta" => "Θ",
        "Lambda" => "Λ",
        "Xi" => "Ξ",
        "Pi" => "Π",
        "Sigma" => "Σ",
        "Phi" => "Φ",
        "Psi" => "Ψ",
        "Omega" => "Ω",
        _ => return None,
    })
}
