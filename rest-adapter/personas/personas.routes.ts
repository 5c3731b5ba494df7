import type { Route } from '../route.js';
import {
  presentCreatedPersona,
  presentDeletedPersona,
  presentPersona,
  presentPersonas,
  presentUpdatedPersona,
} from './personas.presenter.js';

const settings = ['name', 'description', 'systemPrompt', 'defaultProvider', 'fallbackProviders'] as const;

export const personaRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/personas',
    operation: 'ListPersonas',
    auth: true,
    query: ['page', 'limit', 'search'],
    status: 200,
    present: presentPersonas,
    summary: 'List the personas that are owned by or shared with the user',
  },
  {
    method: 'GET',
    path: '/api/personas/:id',
    operation: 'GetPersona',
    auth: true,
    status: 200,
    present: presentPersona,
    summary: 'Read a persona with its agents',
  },
  {
    method: 'POST',
    path: '/api/personas',
    operation: 'CreatePersona',
    auth: true,
    input: settings,
    status: 201,
    present: presentCreatedPersona,
    summary: 'Create a persona',
  },
  {
    method: 'PUT',
    path: '/api/personas/:id',
    operation: 'UpdatePersona',
    auth: true,
    input: [...settings, 'isActive', 'expectedUpdatedAt'],
    status: 200,
    present: presentUpdatedPersona,
    summary: 'Change a persona',
  },
  {
    method: 'DELETE',
    path: '/api/personas/:id',
    operation: 'DeletePersona',
    auth: true,
    status: 200,
    present: presentDeletedPersona,
    summary: 'Delete a persona and all that belongs to it',
  },
];
