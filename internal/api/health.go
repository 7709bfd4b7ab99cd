package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/rung-app/rung/internal/fault"
)

// Check is one thing that the process needs to be ready.
type Check struct {
	Name string
	Ask  func(ctx context.Context) error // nil error: it is there
	// Survives says that the process is of use without it: the check's line tells the fault's code, and the process stays
	// ready. Whoever took it out of service would take away reading too.
	Survives bool
}

// checkPatience bounds how long readiness waits for its checks.
const checkPatience = 2 * time.Second

type health struct {
	Status string            `json:"status"`
	Checks map[string]string `json:"checks,omitempty"`
}

// serveHealth answers whether the process is alive, and whether it is ready: not while it drains, nor while something
// that it needs is down. What exactly is wrong stands in the log only.
func (a *API) serveHealth() {
	a.mux.HandleFunc("GET /livez", func(w http.ResponseWriter, r *http.Request) {
		a.writeJSON(w, r, http.StatusOK, health{Status: "ok"})
	})
	a.mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		state, checks := a.ready(r.Context())
		h, status := health{Status: state, Checks: map[string]string{}}, http.StatusOK
		for _, c := range checks {
			h.Checks[c.Name] = c.Status
		}
		if state != "ok" {
			status = http.StatusServiceUnavailable
		}
		a.writeJSON(w, r, status, h)
	})
}

// ready makes the checks. The state is ok, unavailable or draining.
func (a *API) ready(ctx context.Context) (state string, checks []HealthCheck) {
	ctx, cancel := context.WithTimeout(ctx, checkPatience)
	defer cancel()
	state, checks = "ok", []HealthCheck{}
	for _, c := range a.Checks {
		check := HealthCheck{Name: c.Name, Status: "ok"}
		err := c.Ask(ctx)
		if f, ok := errors.AsType[*fault.Error](err); ok && c.Survives {
			check.Status = f.Code
		} else if err != nil {
			a.Log.LogAttrs(ctx, slog.LevelWarn, "not ready", slog.String("check", c.Name), slog.Any("error", err))
			check.Status, state = "down", "unavailable"
		}
		checks = append(checks, check)
	}
	if a.draining() {
		state = "draining"
	}
	return state, checks
}

// writeJSON answers outside of huma.
func (a *API) writeJSON(w http.ResponseWriter, r *http.Request, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		a.Refuse(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	write(w, append(b, '\n'))
}
