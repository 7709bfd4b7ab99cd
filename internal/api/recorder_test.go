package api

import (
	"net/http"
	"testing"
)

// TestWhatIsTakenDownIsNobodyElses writes from a buffer that is used again, as encoders do.
func TestWhatIsTakenDownIsNobodyElses(t *testing.T) {
	rec := &recorder{header: http.Header{}, status: http.StatusOK}
	b := []byte("first")
	write(rec, b)
	copy(b, "other")
	if got := string(rec.body); got != "first" {
		t.Errorf("it says %q", got)
	}
}
