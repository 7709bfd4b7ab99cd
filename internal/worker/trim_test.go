package worker_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
	"github.com/rung-app/rung/internal/driver/sqldb"
	"github.com/rung-app/rung/internal/worker"
)

func TestOldAuditEntriesAreForgottenInBoundedSteps(t *testing.T) {
	db, err := sqldb.Open(t.Context(), filepath.Join(t.TempDir(), "rung.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	now := time.Now()
	var logs []audit.Log
	for _, domain := range []string{"auth", "users"} {
		if err := db.Migrate(t.Context(), domain, "1000.0.0"); err != nil {
			t.Fatal(err)
		}
		log := sqldb.NewAuditLog(db, domain)
		var entries []audit.Entry
		for i := range 600 {
			at := now.Add(-48 * time.Hour)
			if i >= 550 {
				at = now
			}
			entries = append(entries, audit.New(t.Context(), at, audit.SignedIn, uuid.New()))
		}
		if err := log.Record(t.Context(), entries...); err != nil {
			t.Fatal(err)
		}
		logs = append(logs, log)
	}
	for step, want := range []bool{true, false, false} {
		more, err := worker.TrimAudit(t.Context(), now, 24*time.Hour, logs...)
		if err != nil || more != want {
			t.Errorf("step %d: %t, %v", step, more, err)
		}
	}
	for _, log := range logs {
		if left, err := log.Entries(t.Context(), audit.Query{Limit: 1000}); err != nil || len(left) != 50 {
			t.Errorf("%d are left, %v", len(left), err)
		}
	}
}
