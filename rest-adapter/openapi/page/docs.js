window.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  deepLinking: true,
  filter: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // Neither the document nor a token leaves this server.
  validatorUrl: null,
  persistAuthorization: false,
});
