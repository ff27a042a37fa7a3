# Thin: the work is in dotnet and eng/.
.PHONY: build run test soak bench format clean

# The published layout: self-contained, ReadyToRun, trimmed. TRIM=false is quicker while developing.
build:
	@eng/build.sh

run: build
	./addergate start-server --working-directory examples/hello hello.wsgi

test: build
	@eng/test.sh

# Minutes of load: recycling, deployments and overload while clients count what they see.
soak: build
	@eng/test.sh --soak

bench: build
	@bench/run.sh $(ARGS)

format:
	dotnet format Addergate.slnx

clean:
	rm -rf artifacts
