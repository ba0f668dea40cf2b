// How the elements of a file are stored is part of this module's interface.
@_exported public import enum TensorEngine.ElementType
