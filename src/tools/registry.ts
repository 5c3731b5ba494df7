import { calculate } from './builtin/calculate.tool.js';
import { currentTime } from './builtin/currentTime.tool.js';
import { deleteFile } from './builtin/deleteFile.tool.js';
import { editSpreadsheet } from './builtin/editSpreadsheet.tool.js';
import { fetchPage } from './builtin/fetchPage.tool.js';
import { generateChart } from './builtin/generateChart.tool.js';
import { generateDocument } from './builtin/generateDocument.tool.js';
import { generatePdf } from './builtin/generatePdf.tool.js';
import { generatePowerpoint } from './builtin/generatePowerpoint.tool.js';
import { generateSpreadsheet } from './builtin/generateSpreadsheet.tool.js';
import { httpRequest } from './builtin/httpRequest.tool.js';
import { listDocuments } from './builtin/listDocuments.tool.js';
import { listFiles } from './builtin/listFiles.tool.js';
import { queryData } from './builtin/queryData.tool.js';
import { readDocument } from './builtin/readDocument.tool.js';
import { readEmail } from './builtin/readEmail.tool.js';
import { readFile } from './builtin/readFile.tool.js';
import { remember } from './builtin/remember.tool.js';
import { searchFiles } from './builtin/searchFiles.tool.js';
import { searchEmail } from './builtin/searchEmail.tool.js';
import { searchMemory } from './builtin/searchMemory.tool.js';
import { searchTools } from './builtin/searchTools.tool.js';
import { sendEmail } from './builtin/sendEmail.tool.js';
import { writeFile } from './builtin/writeFile.tool.js';
import { zipFiles } from './builtin/zipFiles.tool.js';
import { withApprovalSetting } from './approvalSetting.js';
import type { Tool } from './tool.js';

/** Every tool the platform brings along. A new one is a file in `builtin/` and a line here. */
export const builtinTools: Tool[] = [
  generatePowerpoint,
  generateDocument,
  generateSpreadsheet,
  generatePdf,
  editSpreadsheet,
  generateChart,
  queryData,
  calculate,
  fetchPage,
  httpRequest,
  readDocument,
  readFile,
  writeFile,
  listFiles,
  deleteFile,
  searchFiles,
  zipFiles,
  searchMemory,
  listDocuments,
  remember,
  sendEmail,
  searchEmail,
  readEmail,
  searchTools,
  currentTime,
].map(withApprovalSetting);

const byName = new Map(builtinTools.map((tool) => [tool.name, tool]));

/** The builtin tool of that name, or undefined. */
export const findBuiltin = (name: string): Tool | undefined => byName.get(name);
