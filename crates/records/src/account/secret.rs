//! Secrets that are given out once: tokens of links, recovery codes, the key of an authenticator.
//!
//! All come from the site's randomness. Whatever is compared later is kept as its SHA-256 only;
//! tokens and codes are random enough that a slow hash would add nothing.

use ::store::files;
use shell::{Error, Random, Result};

/// The letters of RFC 4648: what authenticators take, and short in an address.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// The letters of recovery codes: none is taken for another one in handwriting.
const WRITTEN: &[u8; 32] = b"23456789abcdefghjkmnopqrstuvwxyz";
/// Sixty bits.
const RECOVERY_LENGTH: usize = 12;
/// As many as fit on a slip of paper.
pub(super) const RECOVERY_CODES: usize = 10;

fn random<const N: usize>(source: &dyn Random) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    source.fill(&mut bytes).map_err(|e| Error::Defect(format!("no randomness: {e}")))?;
    Ok(bytes)
}

/// 256 random bits as 52 letters.
pub(super) fn token(source: &dyn Random) -> Result<String> {
    Ok(base32(&random::<32>(source)?).to_lowercase())
}

/// The key that a telephone and the database share: 160 bits, as RFC 4226 recommends.
pub(super) fn key(source: &dyn Random) -> Result<String> {
    Ok(base32(&random::<20>(source)?))
}

/// What is kept of a secret. The purpose keeps a hash from one table from fitting in another.
pub(super) fn hashed(purpose: &str, secret: &str) -> String {
    files::content_hash(format!("{purpose}\n{secret}").as_bytes())
}

/// New recovery codes, as they are written down: `k7mq-2x9d-w4hp`.
pub(super) fn recovery_codes(source: &dyn Random) -> Result<Vec<String>> {
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let bytes = random::<RECOVERY_LENGTH>(source)?;
        // 32 letters for 256 values: each is as likely as the other.
        let code: String = bytes.iter().map(|b| char::from(WRITTEN[usize::from(b % 32)])).collect();
        codes.push(grouped(&code, "-"));
    }
    Ok(codes)
}

/// A code as somebody types it from paper: blanks and dashes do not count, nor do capitals.
pub(super) fn typed(code: &str) -> String {
    let letters = code.chars().take(60).filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// Letters in groups of four.
pub(super) fn grouped(letters: &str, between: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    letters.chunks(4).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join(between)
}

fn base32(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for chunk in bytes.chunks(5) {
        let mut block = [0; 5];
        block[..chunk.len()].copy_from_slice(chunk);
        let bits = block.iter().fold(0_u64, |bits, b| bits << 8 | u64::from(*b));
        for at in 0..(chunk.len() * 8).div_ceil(5) {
            // Five bits are always less than 32.
            out.push(char::from(LETTERS[(bits >> (35 - 5 * at) & 31) as usize]));
        }
    }
    out
}

/// The bytes of letters that [`key`] made; `None` for any other sign.
pub(super) fn from_base32(letters: &str) -> Option<Vec<u8>> {
    let (mut bits, mut held, mut out) = (0_u32, 0, Vec::with_capacity(letters.len() * 5 / 8));
    for letter in letters.bytes() {
        let value = LETTERS.iter().position(|l| *l == letter)?;
        bits = (bits << 5 | u32::try_from(value).ok()?) & 0xfff;
        held += 5;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shell::SystemRandom;

    #[test]
    fn letters_are_those_of_rfc_4648() {
        for (bytes, letters) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!(base32(bytes.as_bytes()), letters);
            assert_eq!(from_base32(letters).unwrap(), bytes.as_bytes());
        }
        assert_eq!(from_base32("a1"), None);
    }

    #[test]
    fn secrets_are_long_different_and_survive_handwriting() {
        let (one, two) = (token(&SystemRandom).unwrap(), token(&SystemRandom).unwrap());
        assert_eq!(one.len(), 52);
        assert_ne!(one, two);
        assert_ne!(hashed("link", &one), hashed("half", &one));
        let codes = recovery_codes(&SystemRandom).unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert_eq!(codes[0].len(), 14);
        assert_eq!(typed(&codes[0].to_uppercase().replace('-', " ")), codes[0].replace('-', ""));
        assert_eq!(grouped(&key(&SystemRandom).unwrap(), " ").split(' ').count(), 8);
    }
}
