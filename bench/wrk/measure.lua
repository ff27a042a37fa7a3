-- Measured rounds: no code per response, so that the generator stays cheap. wrk itself counts statuses of 400 and
-- more, and the driver compares the bytes received with what the answers must add up to.
local common = dofile(os.getenv("BENCH_WRK") .. "/common.lua")

function init(args)
    common.request_of(args)
end

function done(summary, latency, requests)
    common.print_result(summary, latency, 0)
end
