package app

import (
	"context"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/rung-app/rung/internal/api"
	"github.com/rung-app/rung/internal/disk"
)

// host tells administrators of the process and of the disk that its data is on. What a URL names beside the kind of
// engine stays untold: there may be secrets in it.
func (a *App) host(started time.Time) func(context.Context) api.Host {
	c := a.Config
	drivers := map[string]string{}
	for name, text := range map[string]string{
		"database": c.DBURL, "cache": c.CacheURL, "jobs": c.JobsURL, "events": c.EventsURL, "search": c.SearchURL,
		"files": c.FilesURL, "mail": c.MailURL,
	} {
		if u, err := url.Parse(text); err == nil {
			drivers[name] = u.Scheme
		}
	}
	return func(context.Context) api.Host {
		h := api.Host{StartedAt: started, Drivers: drivers, DiskFree: -1, DiskSize: -1, Database: -1}
		path, ok := strings.CutPrefix(c.DBURL, "sqlite:")
		if !ok {
			return h
		}
		h.Database = 0
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if st, err := os.Stat(path + suffix); err == nil {
				h.Database += st.Size()
			}
		}
		if space, err := disk.Of(path); err == nil && space.Known() {
			h.DiskFree, h.DiskSize = int64(space.Free), int64(space.Total)
		}
		return h
	}
}
