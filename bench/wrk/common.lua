-- Shared by both scripts. wrk runs each thread in a Lua state of its own; `setup` and `done` run in the main one.
local M = {}

-- args: method, then the path of a file with the request's body or "-".
function M.request_of(args)
    wrk.method = args[1]
    if args[2] ~= "-" then
        local file = assert(io.open(args[2], "rb"))
        wrk.body = file:read("*a")
        file:close()
        wrk.headers["Content-Type"] = "application/octet-stream"
    end
end

-- One line that the driver parses. Durations in microseconds, sizes in bytes.
function M.print_result(summary, latency, wrong)
    local e = summary.errors
    io.write(string.format(
        'RESULT {"requests":%d,"microseconds":%d,"bytes":%d,"p50":%d,"p90":%d,"p99":%d,"max":%d,' ..
        '"connect_errors":%d,"read_errors":%d,"write_errors":%d,"status_errors":%d,"timeouts":%d,"wrong_answers":%d}\n',
        summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(90),
        latency:percentile(99), latency.max, e.connect, e.read, e.write, e.status, e.timeout, wrong))
end

return M
