package sqldb

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/users"
)

// TestWhatIsOlderThanTheRecordOfChangesMayHaveChangedAnywhere reads a person as the migration leaves her.
func TestWhatIsOlderThanTheRecordOfChangesMayHaveChangedAnywhere(t *testing.T) {
	db := OpenTest(t, "users")
	s := users.New(users.Config{Store: NewUsersStore(db)})
	id := uuid.Must(uuid.NewV7())
	if _, _, err := s.CreatePerson(t.Context(), users.NewPerson{ID: id, Name: "Ada", Email: "ada@example.com"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec(`UPDATE users_people SET version = 7, fields = '{"*":' || 7 || '}' WHERE id = $1`, id[:])
		return err
	}); err != nil {
		t.Fatal(err)
	}
	theme := func(theme string, base int64) error {
		_, err := s.PatchPerson(t.Context(), id, users.PersonPatch{Theme: &theme}, users.Seen{Base: base})
		return err
	}
	if err := theme("dark", 6); fault.KindOf(err) != fault.KindStale {
		t.Errorf("what was seen before the record began: %v", err)
	}
	for base := int64(7); base < 9; base++ {
		if err := theme(map[int64]string{7: "dark", 8: "light"}[base], base); err != nil {
			t.Errorf("what was seen in version %d: %v", base, err)
		}
	}
}
