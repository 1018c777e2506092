//! Times, and the rows that show them beside their targets.

/// Milliseconds, in rising order.
pub struct Times(Vec<f64>);

impl FromIterator<f64> for Times {
    fn from_iter<T: IntoIterator<Item = f64>>(times: T) -> Self {
        let mut times: Vec<f64> = times.into_iter().collect();
        assert!(!times.is_empty(), "nothing was measured");
        times.sort_by(f64::total_cmp);
        Self(times)
    }
}

impl Times {
    pub fn median(&self) -> f64 {
        self.percentile(50)
    }

    pub fn percentile(&self, share: usize) -> f64 {
        self.0[(self.0.len() - 1) * share / 100]
    }
}

pub fn print_times_head() {
    println!("| Time | Median | 95th percentile | Target |\n|---|---:|---:|---|");
}

pub fn print_times(name: &str, times: &Times, target: &str) {
    println!(
        "| {name} ({} times) | {:.2} ms | {:.2} ms | {target} |",
        times.0.len(),
        times.median(),
        times.percentile(95)
    );
}
