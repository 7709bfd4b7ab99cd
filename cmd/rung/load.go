package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/mattn/go-isatty"
	"golang.org/x/sys/unix"

	"github.com/rung-app/rung/internal/app"
	"github.com/rung-app/rung/internal/config"
	"github.com/rung-app/rung/internal/load"
)

type loadCmd struct {
	settings
	URL       string         `name:"url" placeholder:"URL" help:"The server (also RUNG_URL; default: at the address in the settings)."`
	AdminURL  string         `name:"admin-url" placeholder:"URL" help:"Where the server shows its metrics (default: at the admin address in the settings)."`
	Users     int            `default:"1000" help:"How many people are registered; one in twenty of them is present."`
	For       time.Duration  `default:"1m" help:"How long it is measured when everybody has come."`
	Ramp      *time.Duration `placeholder:"DURATION" help:"In what time people come (default: 200 a second)."`
	Every     time.Duration  `default:"5s" help:"How often somebody who is present asks for something, on average."`
	Mix       string         `placeholder:"WEIGHTS" help:"What people do, such as groups=3,task=2,create=1 (default: 80% reads, 20% writes)."`
	FindLimit bool           `help:"Find the largest number of users that is held, beginning with --users."`
	HeldP99   time.Duration  `name:"held-p99" placeholder:"DURATION" help:"Up to which latency of 99% of requests it is called held (default 50ms, with --find-limit 100ms)."`
	HeldDelay time.Duration  `name:"held-delay" placeholder:"DURATION" help:"Up to which delay of 99% of events (default 250ms, with --find-limit 500ms)."`
	Processes int            `placeholder:"N" help:"How many processes make the load (default: one for each 15000 people present)."`
	InFlight  int            `default:"512" help:"How many requests may be under way at the same time."`

	AmongOthers bool   `help:"Rehearse also where there are real accounts."`
	Prepare     string `placeholder:"FILE" help:"Only make the people, and write what another machine needs for rehearsing with them. Keep it secret: it opens their sessions."`
	People      string `placeholder:"FILE" help:"Rehearse with the people of such a file. It is good for one rehearsal."`

	JSON bool   `name:"json" help:"Write the report as JSON, for programs."`
	HTML string `name:"html" placeholder:"FILE" help:"Write the report as a page, too."`
}

// What is called held, unless said otherwise.
const (
	usualP99, usualDelay = 50 * time.Millisecond, 250 * time.Millisecond
	limitP99, limitDelay = 100 * time.Millisecond, 500 * time.Millisecond
	comeASecond          = 200
	reportWidth          = 100 // columns, where nothing says how wide the terminal is
)

// Run rehearses and says what came out. It fails if the number of users was not held.
func (c *loadCmd) Run(ctx context.Context, term terminal) error {
	cfg, err := c.load(term.env)
	if err != nil {
		return err
	}
	o, err := c.options(cfg, term)
	if err != nil {
		return err
	}
	if c.Prepare != "" {
		return c.prepare(ctx, cfg, term, o)
	}
	if c.People == "" {
		people, err := c.open(ctx, cfg, term)
		if err != nil {
			return err
		}
		defer people.Close()
		o.Teams = people.teams
	} else {
		file, err := readTeams(c.People)
		if err != nil {
			return err
		}
		o.Users, o.Teams = file.users, file.teams
	}
	rehearse := load.Rehearse
	if c.FindLimit {
		rehearse = load.FindLimit
	}
	report, err := rehearse(ctx, o)
	if err != nil {
		return err
	}
	return c.show(report, term)
}

// options are what was asked for, with what holds if nothing was said.
func (c *loadCmd) options(cfg *config.Config, term terminal) (o load.Options, err error) {
	mix, err := load.ParseMix(c.Mix)
	switch {
	case err != nil:
		return o, misuseError("--mix: " + err.Error())
	case c.People != "" && (c.FindLimit || c.Prepare != ""):
		return o, misuseError("--people goes neither with --find-limit, for its sessions can be used once, nor with --prepare")
	case c.Prepare != "" && c.FindLimit:
		return o, misuseError("--prepare goes not with --find-limit")
	}
	width, live := reportWidth, false
	if f, ok := term.err.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		live = true
		if size, err := unix.IoctlGetWinsize(int(f.Fd()), unix.TIOCGWINSZ); err == nil && size.Col > 0 {
			width = int(size.Col)
		}
	}
	o = load.Options{
		URL: cmp.Or(c.URL, lookup(term.env, "RUNG_URL"), local(cfg.Addr)), AdminURL: c.AdminURL, Users: c.Users, Every: c.Every, For: c.For,
		Mix: mix, InFlight: c.InFlight, Processes: c.Processes, Start: startAgent, Progress: load.NewProgress(term.err, live, width),
	}
	if o.AdminURL == "" && c.URL == "" && cfg.AdminAddr != "" {
		o.AdminURL = local(cfg.AdminAddr)
	}
	p99, delay := usualP99, usualDelay
	if c.FindLimit {
		p99, delay = limitP99, limitDelay
	}
	o.Goal = load.Goal{P99: ms(cmp.Or(c.HeldP99, p99)), DelayP99: ms(cmp.Or(c.HeldDelay, delay))}
	if c.Ramp != nil {
		o.Ramp = *c.Ramp
	} else {
		o.ComeASecond = comeASecond
	}
	if err := o.Check(); err != nil {
		return o, misuseError(err.Error())
	}
	return o, nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// local is how this machine reaches what listens on an address.
func local(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "http://" + addr
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// show writes the report, and fails if it was not held.
func (c *loadCmd) show(r *load.Report, term terminal) (err error) {
	if c.HTML != "" {
		if err := writeNew(c.HTML, 0o644, func(f *os.File) error { return r.WritePage(f) }); err != nil {
			return fmt.Errorf("the page can't be written: %w", err)
		}
	}
	if c.JSON {
		err = printJSON(term, r)
	} else {
		err = r.WriteText(term.out, reportWidth)
	}
	if err != nil {
		return err
	}
	if !r.Held {
		return errors.New("the load was not held: see the report")
	}
	return nil
}

// writeNew writes a file in place of what is there.
func writeNew(path string, mode os.FileMode, write func(*os.File) error) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// madePeople makes people through the server on this machine, or in its database.
type madePeople struct{ app.Rehearsals }

// open finds the server or its database, and refuses one that people work with.
func (c *loadCmd) open(ctx context.Context, cfg *config.Config, term terminal) (madePeople, error) {
	log := app.NewLogger(term.err, "text", max(cfg.LogLevel, slog.LevelWarn), true)
	r, err := app.OpenRehearsals(ctx, app.Options{Config: cfg, Version: version, Log: log, Now: time.Now})
	if err != nil {
		return madePeople{}, err
	}
	const fewest = 3
	others, err := r.Others(ctx, fewest)
	if err == nil && others > 0 && !c.AmongOthers {
		err = misuseError("there are real accounts here; a rehearsal makes as many more as there are users, and leaves them. " +
			"Rehearse with a folder of its own (--data), or say --among-others")
	}
	if err != nil {
		return madePeople{}, errors.Join(err, r.Close())
	}
	return madePeople{r}, nil
}

// teams makes the teams of which somebody is present, and the others.
func (p madePeople) teams(ctx context.Context, present []int, made func(int)) (all []load.Team, err error) {
	err = p.Make(ctx, 0, present, func(t load.Team) error {
		all = append(all, t)
		made(len(all))
		return nil
	})
	return all, err
}

// prepare makes the people and writes them down.
func (c *loadCmd) prepare(ctx context.Context, cfg *config.Config, term terminal, o load.Options) error {
	people, err := c.open(ctx, cfg, term)
	if err != nil {
		return err
	}
	defer people.Close()
	present := load.Present(o.Users)
	teams, err := people.teams(ctx, present, func(done int) { o.Progress.Count("workspaces", done, len(present)) })
	if err != nil {
		return err
	}
	o.Progress.Done()
	if err := writeTeams(c.Prepare, o.Users, teams); err != nil {
		return fmt.Errorf("the people can't be written down: %w", err)
	}
	_, err = fmt.Fprintf(term.out, "%s users are there, and %s of them are written down in %s\n", load.Grouped(o.Users), load.Grouped(load.CountPeople(teams)), c.Prepare)
	return err
}
