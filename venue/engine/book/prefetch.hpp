// A look ahead: memory that will soon be read is asked for while something else is done.
#pragma once

namespace venue::engine::book {

/// Any address will do. The compiler sees no effect and would take away whole functions that do nothing else: hence the
/// statement that it may not touch.
inline void prefetch(const void* memory) {
    __builtin_prefetch(memory);
    asm volatile("");
}

/// The same for what will be written: whichever core has it gives it away.
inline void prefetch_to_write(const void* memory) {
#if defined(__x86_64__)
    // The compiler knows this instruction for some processors alone; to those that lack it, it says nothing.
    asm volatile("prefetchw %0" : : "m"(*static_cast<const char*>(memory)));
#else
    __builtin_prefetch(memory, 1);
    asm volatile("");
#endif
}

}  // namespace venue::engine::book
