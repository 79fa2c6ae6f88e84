// SHA-256 of bytes that come piece by piece: what tells a stored snapshot or an archived file that was changed.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace venue::journal {

class Checksum {
  public:
    Checksum();
    ~Checksum();
    Checksum(Checksum&&) noexcept;
    Checksum& operator=(Checksum&&) noexcept;

    void add(std::string_view piece);
    /// In hexadecimal. Nothing is added afterwards.
    std::string finish();

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

}  // namespace venue::journal
