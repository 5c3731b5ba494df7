import { useMutation } from '@vue/apollo-composable';
import { reactive } from 'vue';
import { tell } from '../../components/toasts';
import { useSubmit } from '../../graphql/useSubmit';
import { t } from '../../texts';
import { ChangePasswordDocument } from '../auth/auth.operations';

/** The form that gives the viewer another password. */
export function useChangePassword() {
  const fields = reactive({ currentPassword: '', newPassword: '' });
  const { mutate } = useMutation(ChangePasswordDocument);
  const submission = useSubmit(async () => {
    await mutate({ ...fields });
    Object.assign(fields, { currentPassword: '', newPassword: '' });
    tell(t.password.changed);
  });
  return { fields, ...submission };
}
