//! The numbers behind an estimate that a reader may change: those that are uncertain, then the
//! settings of the model. All are `[low, mode, high]`; a setting is a number that is known.

use super::{Model, Pert};
use alloc::vec::Vec;

/// Values that make sense for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Any size below the largest.
    Any,
    /// −1 or more: how much longer, or less long, something takes.
    Excess,
    /// 0 or more.
    NotNegative,
    /// 0 to 1.
    Share,
}

/// A number of the model as a whole. They follow the uncertain numbers in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// [`super::Value::team_rate`].
    TeamRate,
    /// [`super::Value::recapture`].
    Recapture,
    /// [`super::Value::horizon_weeks`].
    HorizonWeeks,
    /// [`super::Quality::max`].
    QualityMax,
    /// [`super::Quality::target`].
    QualityTarget,
    /// [`Model::sufficient`].
    Sufficient,
    /// [`Model::close_call`].
    CloseCall,
}

impl Setting {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::TeamRate,
        Self::Recapture,
        Self::HorizonWeeks,
        Self::QualityMax,
        Self::QualityTarget,
        Self::Sufficient,
        Self::CloseCall,
    ];

    /// Values that make sense for it.
    pub const fn domain(self) -> Domain {
        match self {
            Self::TeamRate | Self::HorizonWeeks => Domain::NotNegative,
            _ => Domain::Share,
        }
    }
}

/// The largest size of a number. Sums of products of larger ones could leave the range of floating
/// point.
pub const LARGEST: f64 = 1e9;

impl Domain {
    /// Whether a number makes sense.
    pub fn holds(self, value: f64) -> bool {
        let (least, most) = match self {
            Self::Any => (-LARGEST, LARGEST),
            Self::Excess => (-1.0, LARGEST),
            Self::NotNegative => (0.0, LARGEST),
            Self::Share => (0.0, 1.0),
        };
        least <= value && value <= most
    }
}

impl Model {
    /// Every number that a reader may change, as the model has it: [`Model::numbers`], then
    /// [`Setting::ALL`].
    pub fn assumptions(&self) -> Vec<Pert> {
        let mut assumptions: Vec<Pert> = self.numbers.iter().map(|number| number.pert).collect();
        assumptions.extend(Setting::ALL.map(|setting| Pert::certain(self.setting(setting))));
        assumptions
    }

    /// What makes sense for each of them.
    pub fn domains(&self) -> impl Iterator<Item = Domain> {
        let numbers = self.numbers.iter().map(|number| number.domain);
        numbers.chain(Setting::ALL.map(Setting::domain))
    }

    /// Whether one of them has any part in an estimate: a setting may be for what the model has not.
    pub fn uses(&self, place: usize) -> bool {
        let setting = place.checked_sub(self.numbers.len());
        match setting.and_then(|setting| Setting::ALL.get(setting)) {
            Some(Setting::TeamRate | Setting::Recapture | Setting::HorizonWeeks) => {
                self.value.is_any()
            }
            Some(Setting::QualityMax) => {
                self.pack.is_some() || self.improvement.is_some() || self.value.operations.is_some()
            }
            Some(Setting::QualityTarget) => self.pack.is_some(),
            Some(Setting::Sufficient | Setting::CloseCall) | None => true,
        }
    }

    /// The value of a setting.
    pub fn setting(&self, setting: Setting) -> f64 {
        match setting {
            Setting::TeamRate => self.value.team_rate,
            Setting::Recapture => self.value.recapture,
            Setting::HorizonWeeks => self.value.horizon_weeks,
            Setting::QualityMax => self.quality.max,
            Setting::QualityTarget => self.quality.target,
            Setting::Sufficient => self.sufficient,
            Setting::CloseCall => self.close_call,
        }
    }
}
