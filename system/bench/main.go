// Command bench measures what Rung promises of its speed, as ratios to what the same machine does without Rung in the
// same minute, so that they mean something on any machine. It runs in the folder of the module: make bench.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
)

// bench is one run.
type bench struct {
	quick  bool
	traces string // folder for processor profiles, "" for none
	cache  string // folder of the seeds
	run    string // folder of this run, on the same disk; removed at its end
	schema string
	commit string // of what is measured
	binary string
	report report
}

// section is a part of the run that can be measured alone.
type section struct {
	name    string
	measure func(*bench, context.Context) error
}

func sections() []section {
	return []section{
		{"growth", (*bench).growth},
		{"search", (*bench).search},
		{"start", (*bench).start},
		{"creates", (*bench).creates},
		{"lists", (*bench).lists},
		{"encode", (*bench).encode},
		{"streams", (*bench).streams},
		{"stream-growth", (*bench).streamGrowth},
		{"space-growth", (*bench).spaceGrowth},
	}
}

func main() {
	if len(os.Args) == 3 && os.Args[1] == constantArg {
		serveConstant(os.Args[2])
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		stop()
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) (err error) {
	b := &bench{}
	var names []string
	for _, s := range sections() {
		names = append(names, s.name)
	}
	out := flag.String("out", "", "write the table into this file, between its markers")
	only := flag.String("only", strings.Join(names, ","), "which sections to measure, comma separated")
	flag.BoolVar(&b.quick, "quick", false, "few and short rounds, and 100,000 tasks in place of a million: to try the program, not the figures")
	flag.StringVar(&b.traces, "profiles", "", "write a processor profile of the server under each load into this folder")
	endurance := flag.Int64("endurance", 0, "make so many operations on one server instead, and write what became of its memory and files")
	within := flag.Duration("within", 0, "end the endurance run after this time, however many operations are made by then")
	flag.Parse()

	if err := b.prepare(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.run)) }()
	if *endurance > 0 {
		return b.endure(ctx, *endurance, *within, *out)
	}
	wanted := strings.Split(*only, ",")
	for _, name := range wanted {
		if !slices.Contains(names, name) {
			return fmt.Errorf("no section is called %q; there are %s", name, strings.Join(names, ", "))
		}
	}
	for _, s := range sections() {
		if !slices.Contains(wanted, s.name) {
			continue
		}
		if err := s.measure(b, ctx); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	if *out != "" {
		return b.report.writeInto(*out, b.header())
	}
	return nil
}

// prepare makes the folders, refuses a disk that is none, and builds the program.
func (b *bench) prepare(ctx context.Context) error {
	user, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	b.cache = filepath.Join(user, "rung-bench")
	if err := os.MkdirAll(b.cache, 0o700); err != nil {
		return err
	}
	if err := refuseMemory(b.cache); err != nil {
		return err
	}
	if b.schema, err = schemaOf(); err != nil {
		return err
	}
	if err := b.dropOldSeeds(); err != nil {
		return err
	}
	if b.run, err = os.MkdirTemp(b.cache, b.schema+"-run-"); err != nil {
		return err
	}
	b.commit = commit(ctx) // now, for what is built may be left behind by commits before the run ends
	return b.build(ctx)
}

// many is the number of tasks that stands for many.
func (b *bench) many() int {
	if b.quick {
		return 100_000
	}
	return 1_000_000
}

// rounds shortens a quick run.
func (b *bench) rounds(n int) int {
	if b.quick {
		return max(3, n/4)
	}
	return n
}
