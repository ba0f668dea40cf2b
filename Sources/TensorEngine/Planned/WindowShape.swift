/// Kernel and stride of a depthwise convolution, known to the compiler: generic code over shapes is compiled for each, with
/// inputs that neighbouring windows share loaded once.
protocol WindowShape {
    static var kernel: Int { get }
    static var stride: Int { get }
}

enum Three: WindowShape {
    static var kernel: Int { 3 }
    static var stride: Int { 1 }
}

enum ThreeEverySecond: WindowShape {
    static var kernel: Int { 3 }
    static var stride: Int { 2 }
}

enum Five: WindowShape {
    static var kernel: Int { 5 }
    static var stride: Int { 1 }
}

enum FiveEverySecond: WindowShape {
    static var kernel: Int { 5 }
    static var stride: Int { 2 }
}
