-- For wrk: posts one picture over and over, and prints what came of it as JSON. wrk -s post.lua URL -- PICTURE
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init(arguments)
   local file = assert(io.open(arguments[1], "rb"))
   wrk.body = file:read("*a")
   file:close()
   wrk.method = "POST"
   wrk.headers["Content-Type"] = "image/jpeg"
   served, refused, other = 0, 0, 0
end

function response(status)
   if status == 200 then served = served + 1
   elseif status == 429 then refused = refused + 1
   else other = other + 1 end
end

function done(summary, latency)
   local count = { served = 0, refused = 0, other = 0 }
   for _, thread in ipairs(threads) do
      for name in pairs(count) do count[name] = count[name] + thread:get(name) end
   end
   local errors = summary.errors
   print(string.format(
      '{"seconds": %.3f, "status_200": %d, "status_429": %d, "status_other": %d, "broken": %d, "timeouts": %d, ' ..
      '"milliseconds": {"p50": %.2f, "p95": %.2f, "p99": %.2f, "max": %.2f}}',
      summary.duration / 1e6, count.served, count.refused, count.other, errors.connect + errors.read + errors.write,
      errors.timeout, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
      latency.max / 1e3))
end
