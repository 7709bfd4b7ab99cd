package sqldb

import (
	"testing"

	"github.com/rung-app/rung/internal/fault"
)

// TestASecretIsFoundWhileNothingIsWritten asks for what readers of files need.
func TestASecretIsFoundWhileNothingIsWritten(t *testing.T) {
	db := OpenTest(t, "tasks")
	s := NewTasksStore(db)
	if _, err := s.Secret(t.Context(), "made before", []byte("first")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		refusal *fault.Error
		name    string
		found   bool
	}{
		{errLow, "made before", true},
		{errLow, "made meanwhile", true}, // the last of the room is for what people need in order to read
		{errLost, "made before", true},
		{errLost, "made later", false},
	} {
		db.storage.now.Store(&Storage{Refusal: c.refusal})
		secret, err := s.Secret(t.Context(), c.name, []byte("first"))
		if c.found && (err != nil || string(secret) != "first") {
			t.Errorf("%s, the secret that was %s: %q, %v", c.refusal.Code, c.name, secret, err)
		}
		if !c.found && fault.KindOf(err) != fault.KindUnavailable {
			t.Errorf("%s, the secret that was %s: %v", c.refusal.Code, c.name, err)
		}
	}
	for refusal, kept := range map[*fault.Error]bool{errLow: true, errLost: false} {
		db.storage.now.Store(&Storage{Refusal: refusal})
		if err := s.ReplaceSecret(t.Context(), "made before", []byte("second")); (err == nil) != kept {
			t.Errorf("%s, another secret: %v", refusal.Code, err)
		}
	}
}
