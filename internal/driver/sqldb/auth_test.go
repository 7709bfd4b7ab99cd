package sqldb

import (
	"testing"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/auth/authtest"
)

func TestAuthStore(t *testing.T) {
	authtest.Run(t, func(t *testing.T) auth.Store { return NewAuthStore(OpenTest(t, "auth")) })
}
