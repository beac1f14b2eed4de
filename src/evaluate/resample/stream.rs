//! Random streams by name: seed, study and number.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

/// The stream of one resample.
#[must_use]
pub fn stream(seed: u64, study: u64, number: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(mix(mix(mix(seed) ^ study) ^ number))
}

/// A number for a name, to key a stream or to order ties without regard to who somebody is.
#[must_use]
pub fn named(name: &str) -> u64 {
    // FNV-1a, then mixed.
    let folded = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    mix(folded)
}

/// A bijection that leaves no pattern (Steele GL, Lea D, Flood CH. OOPSLA 2014: SplitMix).
#[must_use]
pub fn mix(number: u64) -> u64 {
    let a = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let b = (a ^ (a >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let c = (b ^ (b >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    c ^ (c >> 31)
}
