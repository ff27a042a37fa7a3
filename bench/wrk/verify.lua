-- Warm-up rounds: every answer must have status 200 and exactly the expected body (third argument: its file).
local common = dofile(os.getenv("BENCH_WRK") .. "/common.lua")
local threads = {}

function setup(thread)
    table.insert(threads, thread)
end

function init(args)
    common.request_of(args)
    local file = assert(io.open(args[3], "rb"))
    expected = file:read("*a")
    file:close()
    wrong = 0
end

function response(status, headers, body)
    if status ~= 200 or body ~= expected then
        wrong = wrong + 1
    end
end

function done(summary, latency, requests)
    local total = 0
    for _, thread in ipairs(threads) do
        total = total + thread:get("wrong")
    end
    common.print_result(summary, latency, total)
end
