// A look ahead: memory that will soon be read is asked for while something else is done.
#pragma once

namespace venue::engine::book {

/// Any address will do. The compiler sees no effect and would take away whole functions that do nothing else: hence the
/// statement that it may not touch.
inline void prefetch(const void* memory) {
    __builtin_prefetch(memory);
    asm volatile("");
}

}  // namespace venue::engine::book
