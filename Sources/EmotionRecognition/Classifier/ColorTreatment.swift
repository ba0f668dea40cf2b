/// What is done to the colours of a face crop before the network sees it; a weight file's metadata names it.
///
/// The network learned from gray pictures and some coloured ones; which treatment suits it is measured, not assumed.
public enum ColorTreatment: String, Sendable, Hashable {
    /// Nothing: red, green and blue as they are.
    case rgb
    /// The brightness in all three channels, as Pillow's `convert("L")` gives it.
    case gray
}
