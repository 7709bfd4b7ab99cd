package auth_test

import (
	"testing"
	"time"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/auth/authtest"
)

func TestAttemptsInThisProcess(t *testing.T) {
	authtest.RunAttempts(t, func(_ *testing.T, now func() time.Time) auth.Attempts { return auth.NewAttempts(now) })
}
