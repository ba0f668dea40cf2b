// The sizes of pictures are part of this module's interface.
@_exported public import struct PlaneGeometry.Size
