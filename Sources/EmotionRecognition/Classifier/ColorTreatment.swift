/// What is done to the colours of a face crop before the network sees it; a weight file's metadata names it.
///
/// The network learned from gray pictures and some coloured ones; which treatment suits it is measured, not assumed.
public enum ColorTreatment: String, Sendable, Hashable, CaseIterable {
    /// Nothing: red, green and blue as they are.
    case rgb
    /// The brightness in all three channels, as Pillow's `convert("L")` gives it.
    case gray
    /// As ``gray``, and as coarse as FER2013's pictures: sides above 48 pixels are reduced to 48.
    case coarseGray = "gray-48"
}
