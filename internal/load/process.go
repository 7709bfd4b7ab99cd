package load

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Process is another process that runs Agent.
type Process struct {
	In   io.WriteCloser // its standard input; closing it ends the process
	Out  io.Reader      // its standard output
	Wait func() error   // waits until it has ended, and says why if it failed
}

// measureLine is what a process is told when everybody has come.
const measureLine = "measure\n"

// Agent makes one process's part of the load: it reads from in what to do and, when everybody has come everywhere, that it
// is to measure. It writes to out what happens. When in ends so does Agent: nobody listens any more.
func Agent(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	lines := bufio.NewReader(in)
	text, err := lines.ReadBytes('\n')
	if err != nil {
		return errors.New("this is for the program itself; see rung load --help")
	}
	var p plan
	if err := json.Unmarshal(text, &p); err != nil {
		return fmt.Errorf("what is to be done can't be read: %w", err)
	}
	measure := make(chan struct{})
	go func() {
		if line, err := lines.ReadString('\n'); err == nil && line == measureLine {
			close(measure)
			_, _ = io.Copy(io.Discard, lines)
		}
		cancel(errors.New("the process that conducts is gone"))
	}()
	enc := json.NewEncoder(out)
	return work(ctx, p, measure, func(t tick) error { return enc.Encode(t) })
}

// conduct has another process do a part, and hands on what it reports.
func (c *conductor) conduct(ctx context.Context, p plan, out func(tick) error) (err error) {
	process, err := c.Start(ctx)
	if err != nil {
		return fmt.Errorf("start a process that makes load: %w", err)
	}
	ended := false
	defer func() {
		process.In.Close()
		if failed := process.Wait(); failed != nil && !ended {
			err = errors.Join(err, fmt.Errorf("a process that makes load has ended: %w", failed))
		}
	}()
	if err := json.NewEncoder(process.In).Encode(p); err != nil {
		return err
	}
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		select {
		case <-c.measure:
			_, _ = io.WriteString(process.In, measureLine) // if it is gone, reading says so
		case <-stop:
		}
	}()
	in := json.NewDecoder(process.Out)
	for {
		var t tick
		if err := in.Decode(&t); err != nil {
			if context.Cause(ctx) != nil {
				return context.Cause(ctx)
			}
			return fmt.Errorf("a process that makes load says nothing more: %w", err)
		}
		ended = t.End != nil
		if err := out(t); err != nil || ended {
			return err
		}
	}
}
