//! Synthetic cohorts: lives that nobody lived, the journals that show them, and the truth about them, kept apart.

pub mod records;
pub mod words;

// The door of this room is `cohort::Synth`: `Synth::new(parameters, plan)`, then `synth.words()` and
// `synth.patient(number) -> PatientRecords`, or `synth.fill(number, &mut records)` without allocation.
