package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/rung-app/rung/internal/config"
)

// How a process ends: what is under way has drainFor, and whatever has not ended by then is cut off.
const (
	drainFor   = 10 * time.Second
	drainCheck = 10 * time.Millisecond
)

// Run serves until ctx ends and then drains: readiness fails, streams are told to connect again, requests that come or
// are under way are answered until none is left, ten seconds at most. The App must have been opened with every role.
func (a *App) Run(ctx context.Context) error {
	public, err := listen(ctx, a.Config.Addr, "addr")
	if err != nil {
		return err
	}
	defer public.Close()
	admin, err := listen(ctx, a.Config.AdminAddr, "admin_addr")
	if err != nil {
		return err
	}
	if err := a.announce(ctx, public.Addr()); err != nil {
		if ctx.Err() != nil { // it was ended before it began
			return nil
		}
		return err
	}

	work, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	var working sync.WaitGroup
	working.Go(func() { a.serveOperator(work) })
	working.Go(func() { paceCollector(work) })
	for _, run := range a.background {
		working.Go(func() { run(work) })
	}
	defer working.Wait()
	defer stopWork()

	server := newServer(&a.handler, a.Log)
	failed := make(chan error, 2)
	bounded := a.bound(public)
	server.ConnState = bounded.state
	go func() { failed <- server.Serve(bounded) }()
	if admin != nil {
		operator := newServer(a.adminHandler(), a.Log)
		go func() { failed <- operator.Serve(admin) }()
		defer operator.Close()
	}
	select {
	case err := <-failed:
		server.Close()
		a.api.Close()
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	a.drain(server)
	return nil
}

// drain ends the server. New requests are still taken while others are under way, so that a load balancer has the time
// to notice; their connections are closed after the answer.
func (a *App) drain(server *http.Server) {
	a.Log.Info("draining", "requests", a.handler.count.Load())
	ctx, cancel := context.WithTimeout(context.Background(), drainFor)
	defer cancel()
	server.SetKeepAlivesEnabled(false)
	a.api.Drain()
	tick := time.NewTicker(drainCheck)
	defer tick.Stop()
	for a.handler.count.Load()+int64(a.api.OpenStreams()) > 0 && ctx.Err() == nil {
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
	if err := server.Shutdown(ctx); err != nil {
		a.Log.Warn("requests were cut off", "requests", a.handler.count.Load())
		server.Close()
	}
	a.api.Close()
	a.Log.Info("stopped")
}

// listen takes an address; an empty one is none.
func listen(ctx context.Context, addr, setting string) (net.Listener, error) {
	if addr == "" {
		return nil, nil
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		if op, ok := errors.AsType[*net.OpError](err); ok {
			err = op.Err
		}
		do := "name another address"
		if errors.Is(err, syscall.EADDRINUSE) {
			do = "stop what listens there, which may be another Rung, or name another"
		}
		return nil, fmt.Errorf("can't listen on %s, which is what %s says (%w); %s", addr, setting, err, do)
	}
	return l, nil
}

// busy counts the requests under way.
type busy struct {
	next  http.Handler
	count atomic.Int64
}

// ServeHTTP counts a request while it is answered.
func (b *busy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.count.Add(1)
	defer b.count.Add(-1)
	b.next.ServeHTTP(w, r)
}

// announce says where Rung is and what it uses and, on an empty installation, how to make the first user.
func (a *App) announce(ctx context.Context, addr net.Addr) error {
	c := a.Config
	a.Log.InfoContext(ctx, "rung is serving", "address", listening(addr), "public", a.Config.PublicURL, "version", a.Version,
		"database", config.MaskURL(c.DBURL), "cache", config.MaskURL(c.CacheURL), "mail", config.MaskURL(c.MailURL))
	token, needed, err := a.auth.SetupToken(ctx)
	if err != nil {
		return fmt.Errorf("look for the first user: %w", err)
	}
	if needed {
		a.Log.InfoContext(ctx, "nobody has an account yet: open the address once to make the first user, who administers this installation",
			"address", a.address(addr)+"/setup#"+token)
	}
	return nil
}

// address is where people find Rung: the public address or, without one, this machine's.
func (a *App) address(addr net.Addr) string {
	if a.Config.PublicURL != "" {
		return a.Config.PublicURL
	}
	return listening(addr)
}

// listening is the address at which this machine reaches Rung.
func listening(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if ip := net.ParseIP(host); err != nil || ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// newServer makes a server that no slow or silent client can hold up. How long a request's body may take is decided
// where it is known what it is; answers that may take longer than others see to that by themselves, piece by piece.
func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, WriteTimeout: answerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}

// Limits of a connection.
const (
	headerTimeout = 10 * time.Second
	answerTimeout = 5 * time.Minute
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10
)
