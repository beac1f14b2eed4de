//! The shell of every page: head, style, script and a policy that lets the page reach nothing.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::clinical::Language;

/// A page, from its title to its script.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub language: Language,
    pub title: &'a str,
    pub style: &'a str,
    /// Empty for a page that needs none.
    pub script: &'a str,
}

impl Sheet<'_> {
    /// The whole file round a body.
    pub fn around(&self, body: &str) -> String {
        let Sheet { language, title, style, script } = self;
        let mut out = String::with_capacity(body.len() + style.len() + script.len() + 1024);
        let _ = write!(
            out,
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n\
             <title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}",
            language.tag(),
            policy(style, script),
            escape(title),
        );
        if !script.is_empty() {
            let _ = writeln!(out, "<script>{script}</script>");
        }
        out.push_str("</body>\n</html>\n");
        out
    }
}

/// The page may use this very style and this very script, and nothing else from anywhere.
fn policy(style: &str, script: &str) -> String {
    let script = if script.is_empty() { "'none'".to_owned() } else { format!("'sha256-{}'", digest(script)) };
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src {script}; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        digest(style)
    )
}

fn digest(text: &str) -> String {
    base64(&Sha256::digest(text.as_bytes()))
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

/// Makes text safe between tags and inside double quotes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_the_standard_one() {
        // RFC 4648, section 10.
        for (plain, expected) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), expected);
        }
    }

    #[test]
    fn the_policy_names_style_and_script_by_their_content() {
        // The digest of the empty text is known from FIPS 180-4's examples.
        let policy = policy("", "");
        assert!(policy.contains("style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"), "{policy}");
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'none'"));
    }
}
