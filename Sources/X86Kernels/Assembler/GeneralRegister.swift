/// The sixteen 64-bit integer registers of x86-64, by their encoding.
enum GeneralRegister: UInt8, Sendable, CaseIterable {
    case rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15
}
