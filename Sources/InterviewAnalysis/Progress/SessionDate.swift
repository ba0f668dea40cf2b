/// A moment on the calendar as sessions keep it: ISO 8601 with the offset, such as `2026-01-31T09:30:00+01:00`.
public struct SessionDate: Sendable, Hashable, Comparable {
    package let year: Int
    /// 1…12 and 1…31.
    package let month: Int
    package let day: Int
    /// On the clock at the place where it was.
    package let hour: Int
    package let minute: Int
    package let second: Int
    /// Of that clock, in minutes east of UTC.
    package let offsetMinutes: Int

    /// Reads date and time, with or without seconds and their fraction, and `Z`, `±hh:mm` or `±hhmm`.
    ///
    /// - Returns: nil for anything else, and where a part is out of its range.
    public init?(_ text: String) {
        let pattern = /(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(Z|[+\-]\d\d:?\d\d)/
        guard let match = text.wholeMatch(of: pattern), let year = Int(match.1), let month = Int(match.2),
            let day = Int(match.3), let hour = Int(match.4), let minute = Int(match.5),
            let second = Int(match.6 ?? "0"), let offset = Self.offset(match.7)
        else { return nil }
        guard (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second) = (hour, minute, second)
        offsetMinutes = offset
    }

    /// - Parameters:
    ///   - seconds: since 1970 began in UTC.
    ///   - offsetMinutes: of the clock on which the moment is told, east of UTC.
    public init(secondsSince1970 seconds: Int, offsetMinutes: Int = 0) {
        let local = seconds + offsetMinutes * 60
        let days = Int((Double(local) / 86_400).rounded(.down))
        let rest = local - days * 86_400
        (year, month, day) = Self.calendarDay(days)
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        self.offsetMinutes = offsetMinutes
    }

    /// Since 1970 began in UTC.
    public var secondsSince1970: Int {
        Self.dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offsetMinutes * 60
    }

    public static func < (first: SessionDate, second: SessionDate) -> Bool {
        first.secondsSince1970 < second.secondsSince1970
    }

    /// `2026-01-31T09:30:00+01:00`.
    public var iso8601: String {
        let sign = offsetMinutes < 0 ? "-" : "+"
        let zone = offsetMinutes.magnitude
        return "\(Self.padded(year, 4))-\(Self.padded(month))-\(Self.padded(day))T\(Self.padded(hour)):"
            + "\(Self.padded(minute)):\(Self.padded(second))\(sign)\(Self.padded(Int(zone / 60))):"
            + Self.padded(Int(zone % 60))
    }

    /// `31 January 2026`.
    package var dayInWords: String { "\(day) \(Self.months[month - 1]) \(year)" }

    /// `31 Jan`.
    var shortDay: String { "\(day)\u{00A0}\(Self.months[month - 1].prefix(3))" }

    /// `31 January 2026, 09:30`.
    package var inWords: String { "\(dayInWords), \(Self.padded(hour)):\(Self.padded(minute))" }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static func padded(_ number: Int, _ digits: Int = 2) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    private static func offset(_ text: Substring) -> Int? {
        guard text != "Z" else { return 0 }
        let digits = text.dropFirst().filter(\.isNumber)
        guard let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), hours < 24, minutes < 60 else {
            return nil
        }
        return (text.hasPrefix("-") ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1 January 1970 in the Gregorian calendar.
    ///
    /// - Source: H. Hinnant, chrono-compatible low-level date algorithms, `days_from_civil` and `civil_from_days`.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func calendarDay(_ number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
