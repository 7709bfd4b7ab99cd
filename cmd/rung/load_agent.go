package main

import (
	"context"
	"os"
	"os/exec"
	"time"

	"github.com/rung-app/rung/internal/load"
)

// loadAgentCmd is what "rung load" starts when one process is not enough.
type loadAgentCmd struct{}

func (loadAgentCmd) Run(ctx context.Context, term terminal) error {
	return load.Agent(ctx, term.in, term.out)
}

// agentPatience is how long a process that makes load may take to end when it is told to.
const agentPatience = 5 * time.Second

// startAgent starts this program once more.
func startAgent(ctx context.Context) (*load.Process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "load-agent")
	cmd.Stderr = os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = agentPatience
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &load.Process{In: in, Out: out, Wait: cmd.Wait}, nil
}
