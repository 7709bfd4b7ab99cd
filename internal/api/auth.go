package api

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/auth"
	"github.com/rung-app/rung/internal/fault"
)

// authHandlers are the routes of signing in and out, and of passwords.
type authHandlers struct {
	*API
	cookies cookies
}

// client is where a call comes from, as auth wants to know it.
func (c *Call) client() auth.Client {
	return auth.Client{Address: c.Address(), Agent: c.request.UserAgent()}
}

// SignedIn is the answer to whoever has signed in or come back.
type SignedIn struct {
	Status      string `json:"status" enum:"ok" doc:"More is needed than the password if it is not ok; mfa_required and sso_required are reserved."`
	User        Me     `json:"user"`
	AccessToken string `json:"access_token" doc:"To be sent as a bearer token, and kept in memory only."`
	ExpiresIn   int    `json:"expires_in" doc:"How many seconds the access token is good for."`
}

// Registered is the answer to whoever has registered.
type Registered struct {
	SignedIn
	Workspace Workspace `json:"workspace" doc:"Her own."`
}

type signedInOutput struct{ Body SignedIn }

// welcome makes the answer and its cookie. From here on the call is hers.
func (h authHandlers) welcome(ctx context.Context, in auth.SignedIn) (SignedIn, error) {
	c := callOf(ctx)
	c.Identity = Identity{User: in.User, Session: in.Session, Admin: in.Admin}
	p, err := h.Users.Person(ctx, in.User)
	if err != nil {
		return SignedIn{}, err
	}
	h.cookies.set(c, in.Refresh, in.RefreshExpires)
	return SignedIn{
		Status: "ok", User: userHandlers{h.API}.meOf(ctx, p).Body, AccessToken: in.Access, ExpiresIn: int(in.ExpiresIn / time.Second),
	}, nil
}

type registerInput struct {
	Body struct {
		ID         uuid.UUID `json:"id,omitzero" doc:"Chosen by the client, so that it may ask again after a lost answer."`
		Email      string    `json:"email"`
		Password   string    `json:"password" doc:"At least 8 characters, at most 256 bytes."`
		Name       string    `json:"name"`
		Invitation string    `json:"invitation,omitempty" doc:"The secret of an invitation, where one is needed. It is accepted by a call of its own."`
		Setup      string    `json:"setup,omitempty" doc:"What stands behind the # in the set-up address: makes the first administrator of the installation."`
	}
}

type registeredOutput struct {
	Status int
	Body   Registered
}

func (h authHandlers) register(ctx context.Context, in *registerInput) (*registeredOutput, error) {
	c := callOf(ctx)
	if err := h.cookies.guard(c.request); err != nil {
		return nil, err
	}
	b := in.Body
	done, err := h.Auth.Register(ctx, auth.Registration{
		ID: b.ID, Email: b.Email, Password: b.Password, Name: b.Name, Invitation: b.Invitation, Setup: b.Setup,
	}, c.client())
	if err != nil {
		return nil, err
	}
	signedIn, err := h.welcome(ctx, done.SignedIn)
	if err != nil {
		return nil, err
	}
	m, err := h.Users.Workspace(ctx, done.User, done.Workspace)
	if err != nil {
		return nil, err
	}
	out := &registeredOutput{Status: http.StatusCreated, Body: Registered{SignedIn: signedIn, Workspace: workspaceOf(m)}}
	if done.Resumed {
		out.Status = http.StatusOK
	}
	return out, nil
}

type loginInput struct {
	Body struct {
		Email    string `json:"email"`
		Password string `json:"password"`
	}
}

func (h authHandlers) login(ctx context.Context, in *loginInput) (*signedInOutput, error) {
	c := callOf(ctx)
	if err := h.cookies.guard(c.request); err != nil {
		return nil, err
	}
	done, err := h.Auth.Login(ctx, in.Body.Email, in.Body.Password, c.client())
	if err != nil {
		return nil, err
	}
	body, err := h.welcome(ctx, done)
	return &signedInOutput{Body: body}, err
}

type cookieInput struct {
	Refresh string `cookie:"rung_refresh" doc:"The refresh token, as register, login and refresh set it."`
}

func (h authHandlers) refresh(ctx context.Context, in *cookieInput) (*signedInOutput, error) {
	c := callOf(ctx)
	if err := h.cookies.guard(c.request); err != nil {
		return nil, err
	}
	done, err := h.Auth.Refresh(ctx, in.Refresh, c.client())
	if err != nil {
		if fault.KindOf(err) == fault.KindUnauthenticated && in.Refresh != "" {
			h.cookies.clear(c)
		}
		return nil, err
	}
	body, err := h.welcome(ctx, done)
	return &signedInOutput{Body: body}, err
}

func (h authHandlers) logout(ctx context.Context, in *cookieInput) (*struct{}, error) {
	c := callOf(ctx)
	if err := h.cookies.guard(c.request); err != nil {
		return nil, err
	}
	if err := h.Auth.Logout(ctx, in.Refresh); err != nil {
		return nil, err
	}
	h.cookies.clear(c)
	return nil, nil
}

// SignInMethods are the ways to get in.
type SignInMethods struct {
	Password bool   `json:"password"`
	Signup   string `json:"signup" enum:"open,invite,closed" doc:"Who may register."`
	Setup    bool   `json:"setup" doc:"Whether the first administrator is awaited at the set-up address."`
}

type methodsOutput struct{ Body SignInMethods }

func (h authHandlers) methods(ctx context.Context, _ *struct{}) (*methodsOutput, error) {
	m, err := h.Auth.Methods(ctx)
	return &methodsOutput{Body: SignInMethods{Password: m.Password, Signup: string(m.Signup), Setup: m.Setup}}, err
}

type forgotInput struct {
	Body struct {
		Email string `json:"email"`
	}
}

func (h authHandlers) forgot(ctx context.Context, in *forgotInput) (*struct{}, error) {
	return nil, h.Auth.ForgotPassword(ctx, in.Body.Email, callOf(ctx).client())
}

type resetInput struct {
	Body struct {
		Token    string `json:"token" doc:"What stands behind the # in the link that was mailed."`
		Password string `json:"password" doc:"The new one: At least 8 characters, at most 256 bytes."`
	}
}

func (h authHandlers) reset(ctx context.Context, in *resetInput) (*struct{}, error) {
	return nil, h.Auth.ResetPassword(ctx, in.Body.Token, in.Body.Password, callOf(ctx).client())
}

type changePasswordInput struct {
	Body struct {
		Current string `json:"current" doc:"The password as it is."`
		New     string `json:"new" doc:"The new one: At least 8 characters, at most 256 bytes."`
	}
}

func (h authHandlers) changePassword(ctx context.Context, in *changePasswordInput) (*struct{}, error) {
	c := callOf(ctx)
	return nil, h.Auth.ChangePassword(ctx, c.Identity, in.Body.Current, in.Body.New, c.client())
}

type verifyInput struct {
	Body struct {
		Token string `json:"token" doc:"What stands behind the # in the link that was mailed."`
	}
}

func (h authHandlers) verifyEmail(ctx context.Context, in *verifyInput) (*struct{}, error) {
	return nil, h.Auth.VerifyEmail(ctx, in.Body.Token, callOf(ctx).client())
}

func (h authHandlers) askVerification(ctx context.Context, _ *struct{}) (*struct{}, error) {
	c := callOf(ctx)
	return nil, h.Auth.AskVerification(ctx, c.Identity, c.client())
}

type keysOutput struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

// keys publishes what access tokens can be verified with. A new key is published five minutes before it signs.
func (h authHandlers) keys(ctx context.Context, _ *struct{}) (*keysOutput, error) {
	return &keysOutput{ContentType: "application/jwk-set+json", CacheControl: "public, max-age=60", Body: h.Auth.JWKS(ctx)}, nil
}
