#if canImport(CoreGraphics)
    public import CoreGraphics

    extension Image {
        /// A picture of Core Graphics, drawn in sRGB on white; nil where no context of its size can be made.
        ///
        /// Built on Apple's systems only, which no test of this package runs on.
        public init?(_ picture: CGImage) {
            let (width, height) = (picture.width, picture.height)
            guard width > 0, height > 0, let space = CGColorSpace(name: CGColorSpace.sRGB),
                let context = CGContext(
                    data: nil, width: width, height: height, bitsPerComponent: 8, bytesPerRow: 0, space: space,
                    bitmapInfo: CGImageAlphaInfo.noneSkipLast.rawValue)
            else { return nil }
            let area = CGRect(x: 0, y: 0, width: width, height: height)
            context.setFillColor(gray: 1, alpha: 1)
            context.fill(area)
            context.draw(picture, in: area)
            guard let data = context.data else { return nil }
            let bytes = UnsafeRawBufferPointer(start: data, count: context.bytesPerRow * height)
            guard let image = try? Image(rgba: bytes, width: width, height: height, bytesPerRow: context.bytesPerRow)
            else { return nil }
            self = image
        }
    }
#endif

#if canImport(CoreVideo)
    public import CoreVideo

    extension Image {
        /// A frame of a camera or decoder: 32BGRA, 32RGBA, or 4:2:0 in two planes with video or full range.
        ///
        /// The matrix of a frame in two planes is the one attached to it, BT.709 where there is none. Built on Apple's
        /// systems only, which no test of this package runs on.
        /// - Throws: ``ImageLayoutError/unsupportedFormat(code:)`` for every other pixel format.
        public init(_ buffer: CVPixelBuffer) throws(ImageLayoutError) {
            let format = CVPixelBufferGetPixelFormatType(buffer)
            CVPixelBufferLockBaseAddress(buffer, .readOnly)
            defer { CVPixelBufferUnlockBaseAddress(buffer, .readOnly) }
            let (width, height) = (CVPixelBufferGetWidth(buffer), CVPixelBufferGetHeight(buffer))
            switch format {
            case kCVPixelFormatType_32BGRA, kCVPixelFormatType_32RGBA:
                let stride = CVPixelBufferGetBytesPerRow(buffer)
                let bytes = UnsafeRawBufferPointer(
                    start: CVPixelBufferGetBaseAddress(buffer), count: stride * height)
                try format == kCVPixelFormatType_32BGRA
                    ? self.init(bgra: bytes, width: width, height: height, bytesPerRow: stride)
                    : self.init(rgba: bytes, width: width, height: height, bytesPerRow: stride)
            case kCVPixelFormatType_420YpCbCr8BiPlanarVideoRange, kCVPixelFormatType_420YpCbCr8BiPlanarFullRange:
                let range: YUVEncoding.Range =
                    format == kCVPixelFormatType_420YpCbCr8BiPlanarFullRange ? .full : .video
                let attached =
                    CVBufferCopyAttachment(buffer, kCVImageBufferYCbCrMatrixKey, nil) as? String
                let isStandard = attached == kCVImageBufferYCbCrMatrix_ITU_R_601_4 as String
                let strides = (0..<2).map { CVPixelBufferGetBytesPerRowOfPlane(buffer, $0) }
                let planes = (0..<2).map { plane in
                    UnsafeRawBufferPointer(
                        start: CVPixelBufferGetBaseAddressOfPlane(buffer, plane),
                        count: strides[plane] * CVPixelBufferGetHeightOfPlane(buffer, plane))
                }
                try self.init(
                    nv12: planes[0], chroma: planes[1], width: width, height: height, lumaBytesPerRow: strides[0],
                    chromaBytesPerRow: strides[1], encoding: YUVEncoding(isStandard ? .bt601 : .bt709, range: range))
            default: throw .unsupportedFormat(code: format)
            }
        }
    }
#endif
