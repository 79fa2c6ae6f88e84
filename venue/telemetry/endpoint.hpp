// What those who watch may ask over HTTP: GET /metrics, /healthz, /readyz.
#pragma once

#include <string_view>

#include "venue/telemetry/http_server.hpp"
#include "venue/telemetry/metrics.hpp"

namespace venue::telemetry {

/// /healthz and /readyz answer 200 or 503 with a sentence; anything else is not found. The metrics outlive what asks.
HttpAnswer answer(Metrics& metrics, std::string_view path);

}  // namespace venue::telemetry
