package sqldb

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/audit"
)

// TestAuditEntriesStayWhatTheyAre tries what a statement that went astray might do.
func TestAuditEntriesStayWhatTheyAre(t *testing.T) {
	for _, domain := range []string{"auth", "users", "tasks"} {
		db := OpenTest(t, domain)
		log := NewAuditLog(db, domain)
		for range 3 {
			e := audit.New(t.Context(), time.Now(), audit.SignedIn, uuid.New())
			e.Address = "192.0.2.1"
			if err := log.Record(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		for _, statement := range []string{
			`UPDATE THE SET action = 'y'`, `UPDATE THE SET at = 0`, `UPDATE THE SET actor = x'00'`, `UPDATE THE SET subject = NULL`,
			`UPDATE THE SET detail = '{}'`, `UPDATE THE SET address = '192.0.2.2'`, `UPDATE THE SET id = x'ff'`, `UPDATE THE SET by = 'system'`,
			`DELETE FROM THE WHERE id = (SELECT max(id) FROM THE)`,
			`DELETE FROM THE WHERE id > (SELECT min(id) FROM THE)`,
			`INSERT OR REPLACE INTO THE SELECT id, 0, action, by, actor, subject, workspace, '', agent, request, detail FROM THE`,
		} {
			if err := db.Write(t.Context(), func(tx *Tx) error {
				_, err := tx.Exec(strings.ReplaceAll(statement, "THE", domain+"_audit"))
				return err
			}); err == nil {
				t.Errorf("%s was carried out", statement)
			}
		}
		if all, err := log.Entries(t.Context(), audit.Query{Limit: 10}); err != nil || len(all) != 3 || all[0].Address == "" {
			t.Errorf("what is left: %+v, %v", all, err)
		}
	}
}
