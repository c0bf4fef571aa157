import { dictionary } from '../lib/words.ts';

/** The few words that controls say by themselves. */
export const uiWords = dictionary(
  {
    close: '关闭',
    cancel: '取消',
    retry: '重试',
    copy: '复制',
    copied: '已复制',
    copyByHand: '请长按或按 Ctrl+C 复制',
    optional: '选填',
    loading: '正在载入',
    offline: '网络已断开，正在重连。已经打开的内容仍可查看，填写的内容会保留。',
    home: '破立首页',
    more: '更多',
    notices: '通知',
    qr: (text: string) => `二维码：${text}`,
    badFields: (n: number) => `有 ${n} 处需要改正`,
  },
  {
    close: 'Close',
    cancel: 'Cancel',
    retry: 'Try again',
    copy: 'Copy',
    copied: 'Copied',
    copyByHand: 'Press and hold, or Ctrl+C, to copy',
    optional: 'optional',
    loading: 'Loading',
    offline: 'You are offline; reconnecting. What is open can still be read, and what you typed is kept.',
    home: 'Poli home',
    more: 'More',
    notices: 'Notices',
    qr: (text: string) => `QR code: ${text}`,
    badFields: (n: number) => (n === 1 ? 'One field needs a correction' : `${n} fields need a correction`),
  },
);
