package app

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rung-app/rung/internal/driver/sqldb"
)

// watchStorage has the log say when a database begins or ends to be only read.
func (a *App) watchStorage(path string, db *sqldb.DB) {
	db.Watch(a.Config.MinFreeDisk, func(s sqldb.Storage) {
		about := []any{"database", path, "free_bytes", s.Free, "of_bytes", s.Total}
		if s.Refusal == nil {
			a.Log.Info("the database is written to again", about...)
			return
		}
		about = append(about, "code", s.Refusal.Code)
		do := "free some room on the disk; Rung goes on by itself"
		if s.Refusal.Code == sqldb.Lost {
			do = "do not end Rung: it may hold the last copy. Put back the file that was there; if it is deleted, copy it out of /proc/PID/fd first, with its -wal"
		}
		a.Log.Error("nothing is changed any more, the database is only read", append(about, "do", do)...)
	})
}

// storage tells of the disk with the least room, and whether any database is only read.
func (d *databases) storage() sqldb.Storage {
	var least sqldb.Storage
	for _, path := range d.order {
		s := d.open[path].Storage()
		if !least.Known() || s.Known() && s.Free < least.Free {
			least.Space = s.Space
		}
		if least.Refusal == nil {
			least.Refusal = s.Refusal
		}
	}
	return least
}

// writable fails while a database is only read.
func (d *databases) writable(context.Context) error {
	if r := d.storage().Refusal; r != nil {
		return r
	}
	return nil
}

// storageMetrics tell of the disk.
func storageMetrics(d *databases) []prometheus.Collector {
	gauge := func(name, help string, value func(sqldb.Storage) float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return value(d.storage()) })
	}
	return []prometheus.Collector{
		gauge("rung_disk_free_bytes", "Free bytes of the disk that the database is on; of the fullest, if there are several.",
			func(s sqldb.Storage) float64 { return float64(s.Free) }),
		gauge("rung_disk_total_bytes", "Bytes of that disk.", func(s sqldb.Storage) float64 { return float64(s.Total) }),
		gauge("rung_read_only", "1 while nothing can be changed, for want of room on the disk or because its file was taken away.",
			func(s sqldb.Storage) float64 {
				if s.Refusal != nil {
					return 1
				}
				return 0
			}),
	}
}
