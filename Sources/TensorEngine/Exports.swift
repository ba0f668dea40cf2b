// The sizes of windows and paddings are part of this module's interface.
@_exported public import struct PlaneGeometry.Size
