"""What can go wrong, by kind: each an :class:`EmotionError`. A file that cannot be opened is ``open``'s own ``OSError``."""


class EmotionError(Exception):
    """Any failure of this package."""

    #: A word for programs, the same for all failures of a kind.
    code = "error"


class ArgumentError(EmotionError, ValueError):
    """An argument makes no sense: a number out of its range, an array of a wrong shape or type."""

    code = "argument"


class WeightsError(EmotionError):
    """A weight file is missing, damaged or of another network."""

    code = "weights"


class FileError(EmotionError, OSError):
    """A file could not be opened or read, or is a device or a pipe."""

    code = "file"


class PictureError(EmotionError):
    """A picture could not be read; its three kinds are below."""

    code = "picture"


class UnsupportedFormatError(PictureError):
    """Not a picture, or of a format that is not read; JPEG and PNG are."""

    code = "format"


class DamagedPictureError(PictureError):
    """A JPEG or PNG file that is damaged or cut off."""

    code = "damaged"


class LimitError(PictureError):
    """A picture of more bytes or pixels than are read."""

    code = "limit"


class TimestampError(EmotionError, ValueError):
    """The time of a video's frame is not after that of the frame before it."""

    code = "time"


class VideoError(EmotionError):
    """A video could not be read."""

    code = "video"


#: By the numbers of ``emotion.h``.
BY_STATUS = {
    1: ArgumentError,
    2: WeightsError,
    3: FileError,
    4: UnsupportedFormatError,
    5: DamagedPictureError,
    6: LimitError,
    7: TimestampError,
}
