// The one place that includes toml++.
#pragma once

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>
