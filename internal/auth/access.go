package auth

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

const (
	accessLife = 10 * time.Minute
	audience   = "rung"
)

// accessClaims is what an access token says: no more than who, and by which session. All else is looked up, so that it
// is true now and not ten minutes ago.
type accessClaims struct {
	jwt.RegisteredClaims
	Session string `json:"sid"`
}

// access is a verified access token.
type access struct {
	user, session uuid.UUID
	expires       time.Time
}

// issue signs an access token.
func (k *keyring) issue(ctx context.Context, user, session uuid.UUID) (string, error) {
	key, err := k.signing(ctx)
	if err != nil {
		return "", err
	}
	now := k.now()
	t := jwt.NewWithClaims(jwt.SigningMethodEdDSA, accessClaims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: k.issuer, Subject: user.String(), Audience: jwt.ClaimStrings{audience},
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(accessLife)),
		},
		Session: session.String(),
	})
	t.Header["kid"] = key.id
	signed, err := t.SignedString(key.private)
	if err != nil {
		return "", fmt.Errorf("sign an access token: %w", err)
	}
	return signed, nil
}

// open verifies an access token: by EdDSA and nothing else, by a key that it names and we know, for this installation.
func (k *keyring) open(ctx context.Context, token string) (access, error) {
	var claims accessClaims
	_, err := jwt.ParseWithClaims(token, &claims, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		key, ok := k.public(ctx, id)
		if !ok {
			return nil, errors.New("unknown key")
		}
		return ed25519.PublicKey(key), nil
	},
		jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}), jwt.WithIssuer(k.issuer), jwt.WithAudience(audience),
		jwt.WithExpirationRequired(), jwt.WithTimeFunc(k.now), jwt.WithStrictDecoding())
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return access{}, fault.Unauthenticated("token-expired", "The access token has run out; refresh it.").With(err)
	case err != nil:
		return access{}, errTokenInvalid().With(err)
	}
	user, userErr := uuid.Parse(claims.Subject)
	session, sessionErr := uuid.Parse(claims.Session)
	if userErr != nil || sessionErr != nil || user == uuid.Nil || session == uuid.Nil {
		return access{}, errTokenInvalid()
	}
	return access{user: user, session: session, expires: claims.ExpiresAt.UTC()}, nil
}

func errTokenInvalid() *fault.Error {
	return fault.Unauthenticated("token-invalid", "The token is not valid.")
}
